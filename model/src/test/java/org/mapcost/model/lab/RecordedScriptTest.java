package org.mapcost.model.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.TestResources;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.pageattr.DirectMap.Level;
import org.mapcost.model.script.PoolScript;
import org.mapcost.model.script.ScriptLine;
import org.mapcost.model.script.TransitionScript;
import org.mapcost.model.tlb.Cpus;

/// Guards that scripts, as a user writes them, give the counts that real kernels gave: recorded
/// changes of whole page sets, and every recorded step of the pools.
///
/// Where single pages lay is not recorded; in a script they lie in fresh blocks. So their first
/// change, which splits, is not compared.
class RecordedScriptTest {
  private static final String GUEST =
      """
      00001000-0009fbff : System RAM
      00100000-7ffdffff : System RAM
      80000000-febfffff : PCI Bus 0000:00
      """;

  @ParameterizedTest
  @CsvSource({
    "C-cpa-smp2-6.1, 6.1, 2, 221",
    "C-cpa-smp2-5.10, 5.11, 2, 221",
    "C-cpa-smp1-6.1, 6.1, 1, 57"
  })
  void changesOfWholeSets(String recording, String kernel, int cpus, int compared) {
    TransitionScript machine =
        new TransitionScript(
            Kernels.named(kernel),
            ProcIomem.parse("guest", GUEST).tree(),
            Cpus.running(cpus),
            Level.PAGE_2M);
    Set<String> single = new HashSet<>();
    int steps = 0;
    for (String[] row : rows(recording)) {
      String name = "S" + row[3];
      switch (row[2]) {
        case "" -> {
          String layout = row[6].equals("single") ? "scattered" : row[6];
          perform(machine, "pages " + name + " " + layout + " " + row[5]);
          if (layout.equals("scattered")) {
            single.add(name);
          }
        }
        case "array", "memory" -> {
          if (row[1].startsWith("split_")) {
            continue;
          }
          String call = row[2].equals("array") ? "array" : "range";
          TransitionScript.Step step = perform(machine, "set " + name + " " + row[6] + " " + call);
          if (!single.remove(name)) {
            assertThat(step.result() + " " + counts(step.ledger()))
                .as(row[1])
                .isEqualTo(
                    String.join(" ", row[7], row[8], row[9], row[11], row[14], row[15], row[16])
                        + " "
                        + String.join(" ", row[17], row[18], row[19], row[20], row[21]));
            steps++;
          }
        }
        default -> {
          // ioremap and single flushes are no changes of caching.
        }
      }
    }
    assertThat(steps).isEqualTo(compared);
  }

  private static TransitionScript.Step perform(TransitionScript machine, String line) {
    return machine.perform(ScriptLine.of("recording", 1, line));
  }

  private static String counts(Ledger ledger) {
    return List.of(
            Event.CPA_CALL,
            Event.UNMAP_ALIASES,
            Event.RESOURCE_WALK,
            Event.CLFLUSH_LINE,
            Event.DIRECT_MAP_SPLIT,
            Event.TLB_ROUND_RANGED,
            Event.TLB_INVALIDATE_PAGE,
            Event.TLB_ROUND_FULL,
            Event.TLB_INVALIDATE_GLOBAL,
            Event.IPI,
            Event.WBINVD)
        .stream()
        .map(event -> "" + ledger.total(event))
        .collect(Collectors.joining(" "));
  }

  private static List<String[]> rows(String recording) {
    return TestResources.text(RecordedScriptTest.class, "C-cpa.csv")
        .lines()
        .filter(line -> line.startsWith(recording + ","))
        .map(line -> line.split(",", -1))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"6.1, 6.1", "7.2, 7.2"})
  void everyStepOfThePool(String recording, String kernel) {
    // The pages that the recorded kernels made their limit from, rounded by them.
    long ram = kernel.equals("6.1") ? 503540 : 504184;
    PoolScript pool = new PoolScript(Kernels.named(kernel), Cpus.running(2), ram);
    List<String> lines =
        TestResources.text(RecordedScriptTest.class, "E-ttm-pool-" + recording + ".txt")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .toList();
    for (String line : lines) {
      String[] recorded = line.split(" \\| ", -1);
      PoolScript.Step step = pool.perform(ScriptLine.of("recording", 1, recorded[1]));
      String[] calls = recorded[2].split(" ", -1);
      assertThat(step.attributeCalls())
          .as(recorded[0])
          .hasSize(Integer.parseInt(calls[0]) + Integer.parseInt(calls[1]));
      assertThat(step.ledger().total(Event.CPA_CALL))
          .as(recorded[0])
          .isEqualTo(Long.parseLong(recorded[3].split(" ", -1)[0]));
      assertThat(row(step.writeCombined())).as(recorded[0]).isEqualTo(recorded[7]);
      assertThat(row(step.uncached())).as(recorded[0]).isEqualTo(recorded[8]);
      assertThat("" + step.kept()).as(recorded[0]).isEqualTo(recorded[9]);
    }
    assertThat(lines).hasSize(190);
  }

  private static String row(int[] chunks) {
    return Arrays.stream(chunks).mapToObj(Integer::toString).collect(Collectors.joining(","));
  }
}
