package org.mapcost.model.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Event;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.script.PoolScript.Step;
import org.mapcost.model.tlb.Cpus;

/// Guards the language of pool scripts, what each step tells of the pool, and that every kernel's
/// pool can be scripted.
class PoolScriptTest {
  private static final long GIB_2 = 524288;

  private static List<Step> run(String kernel, String script) {
    PoolScript pool = new PoolScript(Kernels.named(kernel), Cpus.running(2), GIB_2);
    return ScriptLine.parse("s", script).stream().map(pool::perform).toList();
  }

  @Test
  void aBufferComesFromThePoolTheSecondTime() {
    List<Step> steps =
        run("6.1", "alloc a wc 5\nfree a\nalloc b wc 5\nalloc c uc 1\nalloc d cached 3\nfree d");
    assertThat(steps)
        .extracting(Step::attributeCalls)
        .containsExactly(List.of(5), List.of(), List.of(), List.of(1), List.of(), List.of());
    assertThat(steps.get(1).writeCombined()).startsWith(1, 0, 1).hasSize(11);
    assertThat(steps.get(1).uncached()).containsOnly(0).hasSize(11);
    assertThat(steps.get(1).kept()).isEqualTo(5);
    assertThat(steps.get(2).writeCombined()).containsOnly(0);
    assertThat(steps.get(2).ledger().total(Event.CPA_CALL)).isZero();
    assertThat(steps.get(2).ledger().total(Event.POOL_HIT)).isEqualTo(2);
  }

  @Test
  void changesBackAreCountedAsPasses() {
    List<Step> steps = run("6.1", "alloc a wc 7\nfree a\ndrop");
    assertThat(steps.getLast().attributeCalls()).isEmpty();
    assertThat(steps.getLast().ledger().total(Event.CPA_CALL)).isEqualTo(3);
    assertThat(steps.getLast().kept()).isZero();
  }

  @Test
  void aLimitBeforeTheFirstAllocIsOneOfLoading() {
    assertThat(run("7.2", "limit 2\nalloc a wc 8\nfree a").getLast().kept()).isZero();
    assertThat(run("7.2", "alloc a wc 8\nlimit 2\nfree a").getLast().kept()).isEqualTo(8);
    assertThat(run("6.1", "alloc a wc 8\nlimit 2\nfree a").getLast().kept()).isZero();
    assertThat(run("7.2", "limit 0").getLast().limit()).isEqualTo(GIB_2 / 2);
  }

  @Test
  void everyKernelHasAPool() {
    for (Kernel kernel : Kernels.all()) {
      List<Step> steps =
          run(kernel.name(), "limit 64\nalloc a wc 700\nfree a\nshrink\ndrop\nalloc a uc 1");
      assertThat(steps.get(4).kept()).as(kernel.name()).isZero();
      assertThat(steps.get(1).attributeCalls().stream().mapToInt(Integer::intValue).sum())
          .as(kernel.name())
          .isEqualTo(700);
      assertThat(steps).extracting(Step::result).containsOnly(0);
    }
  }

  @Test
  void theLegacyPoolKeepsPagesAndBlocks() {
    List<Step> steps = run("4.19", "alloc a wc 1\nalloc b wc 514\nfree b");
    assertThat(steps.getFirst().attributeCalls()).containsExactly(512);
    assertThat(steps.getFirst().writeCombined()).startsWith(511, 0);
    assertThat(steps.getLast().writeCombined()[0]).isEqualTo(511);
    assertThat(steps.getLast().writeCombined()[9]).isEqualTo(1);
  }

  @Test
  void outOfMemory() {
    PoolScript pool = new PoolScript(Kernels.named("6.1"), Cpus.running(1), 8192);
    Step failed = pool.perform(ScriptLine.of("s", 1, "alloc a wc 5000"));
    assertThat(failed.result()).isEqualTo(-12);
    assertThatThrownBy(() -> pool.perform(ScriptLine.of("s", 2, "free a")))
        .hasMessage("s:2: no buffer is called 'a'; alloc it first.");
    assertThatThrownBy(() -> new PoolScript(Kernels.named("6.1"), Cpus.running(1), 4096))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("give it more, 2GiB for example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          aloc a wc 1    ~ s:2: unknown operation 'aloc'; did you mean 'alloc'? Known: alloc, free, limit, shrink, drop.
          alloc a wc 1   ~ s:2: 'a' has memory already; free it first, or take another name.
          alloc b wt 1   ~ s:2: unknown caching 'wt'; did you mean 'wc'? Known: wc, uc, cached.
          alloc b wc     ~ s:2: 'alloc b wc' is not of the form 'alloc NAME wc|uc|cached PAGES'.
          free b         ~ s:2: no buffer is called 'b'; alloc it first.
          limit          ~ s:2: 'limit' is not of the form 'limit PAGES'.
          shrink 5       ~ s:2: 'shrink 5' is not of the form 'shrink'.
          drop all       ~ s:2: 'drop all' is not of the form 'drop'.
          """)
  void errorsNameTheLine(String line, String message) {
    assertThatThrownBy(() -> run("6.1", "alloc a wc 1\n" + line))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }
}
