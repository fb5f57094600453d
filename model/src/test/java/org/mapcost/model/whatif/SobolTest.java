package org.mapcost.model.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.strategy.Strategies;

/// Guards indices against functions whose indices are known, and what is said of prices.
class SobolTest {
  private static final double A = 7;
  private static final double B = 0.1;

  /// Ishigami and Homma (1990): sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1 on (-π, π)³. The first two have
  /// effects of their own, the third only together with the first.
  @Test
  void ishigami() {
    List<Sobol.Index> found =
        Sobol.of(
            3,
            1 << 13,
            point -> {
              double x1 = Math.PI * (2 * point[0] - 1);
              double x2 = Math.PI * (2 * point[1] - 1);
              double x3 = Math.PI * (2 * point[2] - 1);
              return Math.sin(x1)
                  + A * Math.sin(x2) * Math.sin(x2)
                  + B * Math.pow(x3, 4) * Math.sin(x1);
            });
    double pi4 = Math.pow(Math.PI, 4);
    double pi8 = pi4 * pi4;
    double alone1 = 0.5 * Math.pow(1 + B * pi4 / 5, 2);
    double alone2 = A * A / 8;
    double together = B * B * pi8 * (1.0 / 18 - 1.0 / 50);
    double all = alone1 + alone2 + together;
    double[] first = {alone1 / all, alone2 / all, 0};
    double[] total = {(alone1 + together) / all, alone2 / all, together / all};
    for (int i = 0; i < 3; i++) {
      assertThat(found.get(i).first()).as("first " + i).isCloseTo(first[i], within(0.02));
      assertThat(found.get(i).total()).as("total " + i).isCloseTo(total[i], within(0.02));
    }
  }

  /// Of a sum, an input's share is that of its variance, alone and with others.
  @Test
  void sumsShareTheirVariance() {
    List<Sobol.Index> found = Sobol.of(2, 1 << 10, point -> 3 * point[0] + point[1]);
    assertThat(found.getFirst().first()).isCloseTo(0.9, within(0.01));
    assertThat(found.getLast().total()).isCloseTo(0.1, within(0.01));
    assertThat(Sobol.of(1, 64, _ -> 5).getFirst()).isEqualTo(new Sobol.Index(0, 0));
  }

  @Test
  void theMostImportantUnknownNarrowsTheAnswerMostWhenItIsMeasured() {
    Setup setup =
        Setup.of(
            Machines.named("skylake-sp-2s"),
            Kernels.named("6.1"),
            BundledTree.XEON_WOLFPASS_2S.tree(),
            1024);
    Sensitivity found =
        Sensitivity.of(
            new Sensitivity.Question(
                Strategies.named("ttm-fault"),
                Optional.empty(),
                setup,
                Measure.FIRST,
                List.of(),
                new Costs(Set.of())),
            256);
    double before = found.answer().high() / found.answer().low();
    double most =
        before
            / (found.unknowns().getFirst().measured().high()
                / found.unknowns().getFirst().measured().low());
    for (Sensitivity.Unknown each : found.unknowns()) {
      double narrowed = before / (each.measured().high() / each.measured().low());
      assertThat(narrowed).as(each.name()).isBetween(1 - 1e-9, most * 1.2);
      assertThat(each.index().total()).isGreaterThanOrEqualTo(0);
    }
    assertThat(found.unknowns().stream().mapToDouble(each -> each.index().first()).sum())
        .isBetween(0.75, 1.25);
  }
}
