package org.mapcost.model.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Event;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.pageattr.DirectMap.Level;
import org.mapcost.model.script.TransitionScript.Step;
import org.mapcost.model.tlb.Cpus;

/// Guards the language of transition scripts, where the pages of each layout lie, and that every
/// refusal has the result EINVAL.
class TransitionScriptTest {
  private static final ResourceTree TWO_PIECES =
      ProcIomem.parse(
              "pc",
              """
              00001000-0009ffff : System RAM
              00100000-027fffff : System RAM
              100000000-1007fffff : System RAM
              """)
          .tree();

  private static List<Step> run(int cpus, String script) {
    return run("6.1", cpus, Level.PAGE_2M, script);
  }

  private static List<Step> run(String kernel, int cpus, Level largest, String script) {
    TransitionScript machine =
        new TransitionScript(Kernels.named(kernel), TWO_PIECES, Cpus.running(cpus), largest);
    return ScriptLine.parse("s", script).stream().map(machine::perform).toList();
  }

  @Test
  void everyStepHasItsOwnCounts() {
    List<Step> steps =
        run(
            2,
            """
            pages S contiguous 33
            set S wc array
            set S uc range
            set S wb array
            set S wc array
            """);
    assertThat(steps).extracting(Step::result).containsExactly(0, 0, -22, 0, 0);
    assertThat(steps).extracting(Step::errorName).containsExactly("", "", "EBUSY", "", "");
    assertThat(steps.getFirst().ledger().totals()).isEmpty();
    assertThat(steps.get(1).ledger().totals())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("resource_walk", 33L),
                Map.entry("resource_node_visit", 99L),
                Map.entry("ram_flag_op", 66L),
                Map.entry("kernel_pte_write", 579L),
                Map.entry("direct_map_split", 1L),
                Map.entry("cpa_call", 2L),
                Map.entry("cpa_page", 66L),
                Map.entry("unmap_aliases", 2L),
                Map.entry("clflush_line", 4224L),
                Map.entry("tlb_round_ranged", 2L),
                Map.entry("tlb_round_full", 1L),
                Map.entry("tlb_invalidate_page", 132L),
                Map.entry("tlb_invalidate_global", 2L),
                Map.entry("ipi", 3L),
                Map.entry("page_alloc", 1L)));
    assertThat(steps.getLast().ledger().total(Event.DIRECT_MAP_SPLIT)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "contiguous, 512, 1",
    "contiguous, 513, 2",
    "scattered, 256, 1",
    "scattered, 257, 2",
    "one-per-2M, 3, 3",
    "one-per-2M, 1, 1"
  })
  void layoutsLieInBlocksOfTheirOwn(String layout, int pages, long splits) {
    Step step = run(1, "pages S " + layout + " " + pages + "\nset S uc array").getLast();
    assertThat(step.ledger().total(Event.DIRECT_MAP_SPLIT)).isEqualTo(splits);
    assertThat(step.ledger().total(Event.CPA_PAGE)).isEqualTo(pages);
  }

  @Test
  void aGigabyteIsSplitOnceMore() {
    Step step = run("6.1", 1, Level.PAGE_1G, "pages S one-per-2M 3\nset S uc array").getLast();
    assertThat(step.ledger().total(Event.DIRECT_MAP_SPLIT)).isEqualTo(3);
    ResourceTree large = ProcIomem.parse("pc", "00100000-bfffffff : System RAM\n").tree();
    TransitionScript machine =
        new TransitionScript(Kernels.named("6.1"), large, Cpus.running(1), Level.PAGE_1G);
    machine.perform(ScriptLine.of("s", 1, "pages S one-per-2M 3"));
    Step split = machine.perform(ScriptLine.of("s", 2, "set S uc array"));
    assertThat(split.ledger().total(Event.DIRECT_MAP_SPLIT)).isEqualTo(4);
    assertThat(split.ledger().total(Event.TLB_ROUND_FULL)).isEqualTo(4);
    assertThat(machine.directMap().pagesAt(Level.PAGE_4K)).isEqualTo(3 * 512);
  }

  @Test
  void aNameUsedAgainStandsForNewPages() {
    List<Step> steps =
        run(1, "pages S contiguous 1\nset S wc array\npages S contiguous 1\nset S wc array");
    assertThat(steps).extracting(Step::result).containsOnly(0);
    assertThat(steps.getLast().ledger().total(Event.DIRECT_MAP_SPLIT)).isEqualTo(1);
  }

  @Test
  void ramIsTakenFromTheLastPieceFirst() {
    // 8 MiB above 4 GiB, 24 MiB of the 40 MiB below it: four and twelve blocks.
    assertThat(run(1, "pages A one-per-2M 4\npages B contiguous 6144")).hasSize(2);
    assertThat(run(1, "pages A one-per-2M 16")).hasSize(1);
    assertThatThrownBy(() -> run(1, "pages A one-per-2M 17"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "s:1: pc has not enough untouched RAM left for 17 pages; ask for fewer, or give another"
                + " --iomem.");
    assertThatThrownBy(() -> run(1, "pages A contiguous 6145"))
        .hasMessageContaining("not enough untouched RAM");
  }

  @Test
  void noRam() {
    ResourceTree none = ProcIomem.parse("pc", "00100000-01ffffff : Reserved\n").tree();
    assertThatThrownBy(
            () -> new TransitionScript(Kernels.named("6.1"), none, Cpus.running(1), Level.PAGE_2M))
        .isInstanceOf(InputException.class)
        .hasMessage("pc has no System RAM of 2 MiB above the first 16 MiB; give another --iomem.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          page S contiguous 1  ~ s:2: unknown operation 'page'; did you mean 'pages'? Known: pages, set.
          pages S contigous 1  ~ s:2: unknown layout 'contigous'; did you mean 'contiguous'? Known: contiguous, scattered, one-per-2M.
          pages S contiguous 0 ~ s:2: a number of pages is 1 to 2147483631, not 0.
          pages S              ~ s:2: 'pages S' is not of the form 'pages NAME LAYOUT N'.
          set T wc array       ~ s:2: nothing is called 'T'; name pages first: pages T contiguous 64.
          set S wt array       ~ s:2: unknown caching attribute 'wt'; did you mean 'wb'? Known: wb, wc, uc.
          set S wc all         ~ s:2: unknown call 'all'. Known: array, range.
          set S wc range       ~ s:2: set_memory_* changes pages that follow each other, and 'S' is scattered; write array.
          set S wc             ~ s:2: 'set S wc' is not of the form 'set NAME wc|uc|wb array|range'.
          """)
  void errorsNameTheLine(String line, String message) {
    assertThatThrownBy(() -> run(1, "pages S scattered 2\n" + line))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }
}
