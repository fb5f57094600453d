package org.mapcost.results.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.Quantity;

/// Guards what is left when a source of prices is left out.
class LeaveOutTest {
  private static final Machine XEON = Machines.named("skylake-sp-2s");

  /// Others say 100 and 400 from other sources: their geometric mean, over all their ends.
  @Test
  void aValueIsBorrowedFromOtherSources() {
    LeaveOut leaveOut =
        new LeaveOut(
            List.of(
                with("S001: x", new Interval(40, 43, 50)),
                with("vendor: y", new Interval(90, 100, 110)),
                with("other: z", new Interval(300, 400, 500))));
    Interval without =
        Objects.requireNonNull(
            leaveOut
                .without(with("S001: x", new Interval(40, 43, 50)), title("S001"))
                .get(Parameter.IPI_SEND_TARGET));
    assertThat(without.low()).isEqualTo(90);
    assertThat(without.best()).isEqualTo(200, within(1e-6));
    assertThat(without.high()).isEqualTo(500);
  }

  @Test
  void aValueNobodyElseTellsIsWidened() {
    LeaveOut leaveOut = new LeaveOut(List.of(with("S001: x", new Interval(20, 43, 129))));
    Map<Parameter, Interval> without =
        leaveOut.without(with("S001: x", new Interval(20, 43, 129)), title("S001"));
    assertThat(without.get(Parameter.IPI_SEND_TARGET)).isEqualTo(new Interval(5, 43, 516));
  }

  @Test
  void topologyAndSizesStay() {
    for (PublishedSource source : Split.bundled().sources()) {
      assertThat(LeaveOut.ofBundled().without(XEON, source.source()).keySet())
          .doesNotContain(Parameter.CORES, Parameter.LLC, Parameter.STLB, Parameter.PTI);
    }
  }

  @Test
  void aReferenceNamesItsSources() {
    assertThat(LeaveOut.titles("S099, S105: core-to-core-latency (48 ns)"))
        .containsExactly(title("S099"));
    assertThat(LeaveOut.titles("S075-S076: KVM; S097-S112: core-to-core"))
        .containsExactly(title("S075"), title("S097"));
    assertThat(LeaveOut.titles("L. Torvalds, on page fault cost (2014), plus"))
        .containsExactly("L. Torvalds, on page fault cost");
    assertThat(LeaveOut.titles(Quantity.NONE)).isEmpty();
    assertThat(LeaveOut.titles("--set machine.prices.invlpg")).isEmpty();
  }

  private static String title(String row) {
    return Split.bundled().ofRow(row).orElseThrow().source();
  }

  private static Machine with(String source, Interval interval) {
    return XEON.with(Parameter.IPI_SEND_TARGET, new Quantity(interval, "ns", source, ""));
  }
}
