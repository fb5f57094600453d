package org.mapcost.model.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.TestResources;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.tlb.AddressSpace;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.tlb.Shootdown;
import org.mapcost.model.tlb.TlbFlush;

/// Guards that every recorded flush of a program's own mapping has the counts of the model: rounds,
/// the work of all CPUs, and who was interrupted.
///
/// Two things of the recorded programs are set here as they were. One `mremap` of 64 pages began 61
/// pages before a border of 2 MiB: two flushes, of 61 and of 3 pages. And in the two programs
/// without helpers one idle CPU still held the address space when `mremap` came, since the program
/// had moved from there.
class RecordedShootdownTest {
  private static final Map<String, Integer> FIRST_PAGE =
      Map.of("F-tlb-smp4-5.10,mremap,64,spin", 451);

  private static final Map<String, Integer> LEFT_BEHIND =
      Map.of("F-tlb-smp4-6.1,mremap,8,none", 1, "F-tlb-smp4-6.1,mremap,33,none", 1);

  @ParameterizedTest
  @CsvSource({"F-tlb-smp4-6.1, 6.1", "F-tlb-smp4-5.10, 5.10"})
  void everyRecordedFlush(String recording, String kernel) {
    List<String> rows =
        TestResources.text(RecordedShootdownTest.class, "F-tlb.csv")
            .lines()
            .filter(line -> line.startsWith(recording + ","))
            .toList();
    for (String row : rows) {
      String[] cells = row.split(",", -1);
      assertThat(counted(cells, Kernels.named(kernel)))
          .as(row)
          .isEqualTo(String.join(",", List.of(cells).subList(4, 8)));
    }
    assertThat(rows).hasSize(87);
  }

  /// Of a fork the flush of everything is compared; the copies of the parent's stack that come
  /// right behind it depend on the program. One program had left an idle CPU behind, see above.
  @ParameterizedTest
  @CsvSource({
    "5.10, none, 0, 0, 1, 0", "6.1, none, 0, 1, 1, 1", "5.10, sleep, 0, 3, 1, 3",
    "6.1, sleep, 0, 3, 1, 3", "5.10, spin, 3, 0, 4, 3", "6.1, spin, 3, 0, 4, 3"
  })
  void fork(String kernel, String helpers, int running, int lazy, long full, long ipi) {
    Kernel of = Kernels.named(kernel);
    Ledger ledger = new Ledger();
    Shootdown.FORK.charge(
        new TlbFlush(Cpus.running(4), of.tlbOrder(), of.lazyTlb(), of.invlpgb()),
        of.mremapLazy(),
        AddressSpace.shared(running, lazy),
        0,
        33,
        false,
        ledger);
    assertThat(ledger.totals().getOrDefault("tlb_invalidate_full", 0L)).as(helpers).isEqualTo(full);
    assertThat(ledger.total(Event.IPI)).as(helpers).isEqualTo(ipi);
    assertThat(ledger.total(Event.TLB_ROUND_FULL)).isEqualTo(1);
  }

  private static String counted(String[] cells, Kernel kernel) {
    String test = String.join(",", List.of(cells).subList(0, 4));
    int running = cells[3].equals("spin") ? 3 : 0;
    int lazy = cells[3].equals("sleep") ? 3 : LEFT_BEHIND.getOrDefault(test, 0);
    Ledger ledger = new Ledger();
    Shootdown.ofKey(cells[1])
        .charge(
            new TlbFlush(Cpus.running(4), kernel.tlbOrder(), kernel.lazyTlb(), kernel.invlpgb()),
            kernel.mremapLazy(),
            AddressSpace.shared(running, lazy),
            FIRST_PAGE.getOrDefault(test, 0),
            Long.parseLong(cells[2]),
            false,
            ledger);
    return (ledger.total(Event.TLB_ROUND_RANGED) + ledger.total(Event.TLB_ROUND_FULL))
        + ","
        + ledger.total(Event.TLB_INVALIDATE_PAGE)
        + ","
        + ledger.total(Event.TLB_INVALIDATE_FULL)
        + ","
        + ledger.total(Event.IPI);
  }
}
