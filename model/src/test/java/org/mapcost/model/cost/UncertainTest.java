package org.mapcost.model.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Guards how the ends of inputs become the ends of what is calculated from them: one input alone
/// passes unchanged, one that enters twice moves both places, different ones do not add up fully,
/// and no result is wider than all ends at once.
class UncertainTest {
  private static final Uncertain A = Uncertain.input("a", new Interval(50, 100, 200));
  private static final Uncertain B = Uncertain.input("b", new Interval(50, 100, 200));

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  @Test
  void oneInputPassesUnchanged() {
    assertThat(A.interval()).isEqualTo(new Interval(50, 100, 200));
    assertThat(A.plus(Uncertain.exactly(10)).interval()).isEqualTo(new Interval(60, 110, 210));
    assertThat(A.times(3).interval()).isEqualTo(new Interval(150, 300, 600));
    assertThat(Uncertain.exactly(600).dividedBy(A).interval()).isEqualTo(new Interval(3, 6, 12));
    assertThat(Uncertain.exactly(7).interval()).isEqualTo(Interval.exactly(7));
    assertThat(Uncertain.exactly(7).effects()).isEmpty();
  }

  @Test
  void anInputThatEntersTwiceErrsOnce() {
    assertThat(A.plus(A).interval()).isEqualTo(A.times(2).interval());
    assertThat(A.dividedBy(A).interval()).isEqualTo(Interval.exactly(1));
    assertThat(A.plus(B).less(B).interval()).isEqualTo(A.interval());
    assertThat(A.max(A)).isEqualTo(A);
  }

  @Test
  void independentInputsCombineInQuadrature() {
    Interval product = A.times(B).interval();
    double factor = Math.exp(Math.sqrt(2) * Math.log(2));
    assertThat(product.best()).isEqualTo(10_000);
    assertThat(product.high()).isCloseTo(10_000 * factor, within(1e-6));
    assertThat(product.low()).isCloseTo(10_000 / factor, within(1e-6));

    Interval sum = A.plus(B).interval();
    assertThat(sum.best()).isEqualTo(200);
    assertThat(sum.high()).isBetween(200 + 100.0, 400.0 - 1);
    assertThat(sum.low()).isBetween(100.0 + 1, 200 - 50.0);
  }

  @Test
  void manyIndependentTermsAreKnownBetterThanOne() {
    Uncertain sum = Uncertain.ZERO;
    for (int i = 0; i < 100; i++) {
      sum = sum.plus(Uncertain.input("term " + i, new Interval(25, 100, 400)));
    }
    assertThat(sum.interval().high() / sum.best()).isLessThan(1.4);
    assertThat(sum.best() / sum.interval().low()).isLessThan(1.1);
    Uncertain same = Uncertain.ZERO;
    for (int i = 0; i < 100; i++) {
      same = same.plus(Uncertain.input("term", new Interval(25, 100, 400)));
    }
    assertThat(same.interval().high()).isCloseTo(4 * same.best(), within(1e-6));
  }

  /// Any formula of sums, products and maxima: never wider than with all inputs at their worst, and
  /// never narrower than with the worst one alone.
  @ParameterizedTest
  @MethodSource("seeds")
  void noResultIsWiderThanAllEndsAtOnce(int seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Interval endByEnd = Interval.ZERO;
    Uncertain inputs = Uncertain.ZERO;
    for (int i = 0; i < 8; i++) {
      double best = 1 + random.nextDouble() * 100;
      Interval interval =
          new Interval(best * random.nextDouble(0.1, 1), best, best * random.nextDouble(1, 10));
      Uncertain input = Uncertain.input("input " + random.nextInt(5), interval);
      switch (random.nextInt(3)) {
        case 0 -> {
          endByEnd = endByEnd.plus(interval);
          inputs = inputs.plus(input);
        }
        case 1 -> {
          endByEnd = endByEnd.times(interval);
          inputs = inputs.times(input);
        }
        default -> {
          endByEnd = endByEnd.max(interval);
          inputs = inputs.max(input);
        }
      }
    }
    Interval result = inputs.interval();
    double slack = 1e-9 * endByEnd.high();
    assertThat(result.best()).isCloseTo(endByEnd.best(), within(slack));
    assertThat(result.low()).isGreaterThanOrEqualTo(endByEnd.low() - slack);
    assertThat(result.high()).isLessThanOrEqualTo(endByEnd.high() + slack);
    for (Uncertain.Ends ends : inputs.effects().values()) {
      assertThat(result.low()).isLessThanOrEqualTo(Math.min(ends.atLow(), ends.atHigh()) + slack);
      assertThat(result.high())
          .isGreaterThanOrEqualTo(Math.max(ends.atLow(), ends.atHigh()) - slack);
    }
  }

  @Test
  void aChoiceIsAnInput() {
    Uncertain either = A.orElse("which", Uncertain.exactly(80), Uncertain.exactly(300));
    assertThat(either.best()).isEqualTo(100);
    assertThat(either.effects()).containsOnlyKeys("a", "which");
    assertThat(either.interval().high()).isBetween(300.0, 400.0);
    assertThat(A.orElse("which", A, A)).isEqualTo(A);
  }

  @Test
  void zeroAsBest() {
    Uncertain wait = Uncertain.input("wait", new Interval(0, 0, 30));
    Uncertain more = Uncertain.input("more", new Interval(0, 0, 40));
    assertThat(wait.plus(more).interval()).isEqualTo(new Interval(0, 0, 50));
    assertThat(A.less(Uncertain.exactly(150)).interval()).isEqualTo(new Interval(0, 0, 50));
  }

  @Test
  void whatCannotBeCalculated() {
    assertThatThrownBy(() -> A.times(-1))
        .hasMessage("a figure is scaled by zero or more, not -1.0");
    assertThatThrownBy(() -> A.dividedBy(Uncertain.ZERO))
        .hasMessageStartingWith("a figure is divided by what is above zero: ");
  }

  @Test
  void pricesShareTheirInputs() {
    Price one = Price.ofCaller(A, Provenance.NOTHING);
    Price other = Price.ofCaller(B, Provenance.NOTHING);
    assertThat(one.plus(one).caller()).isEqualTo(one.times(2).caller());
    assertThat(one.plus(other).caller().high()).isLessThan(one.plus(one).caller().high());
    Price ends = new Price(new Interval(1, 2, 4), Interval.ZERO, Provenance.NOTHING);
    assertThat(ends.plus(ends).caller()).isEqualTo(new Interval(2, 4, 8));
    assertThatThrownBy(() -> new Price(new Interval(-1, 2, 4), Interval.ZERO, Provenance.NOTHING))
        .hasMessageStartingWith("a price is zero or more: ");
  }
}
