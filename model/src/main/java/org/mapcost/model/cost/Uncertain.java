package org.mapcost.model.cost;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// A figure calculated from uncertain inputs: its best value, and what it would be if one input
/// alone were at an end of its interval.
///
/// Every operation is done once for the best values and once for each end of each input. So an
/// input that enters twice moves both places together (the clock under every instruction count),
/// whatever the formula, and inputs that have nothing to do with each other stay apart.
///
/// ## How ends are put together
///
/// An input's ends are about equally hard to believe, and so are those of the result. Different
/// inputs err independently: that all are at their worst at once is far less believable than that
/// one is. [#interval] therefore combines the effects of single inputs in quadrature, as logarithms
/// since most inputs are known to a factor: `low = best x exp(-sqrt(sum of ln(best / low_i)^2))`,
/// and likewise `high`. The effect of one input alone passes unchanged, and no end lies beyond the
/// one that the formula gives with every part at its worst. A sum of many independent terms is
/// hardly wider than its largest term, while terms that share an input are as wide together as
/// apart.
///
/// Immutable; safe for use by several threads.
public final class Uncertain {
  public static final Uncertain ZERO = exactly(0);

  private final double best;
  private final Map<String, Ends> effects;

  /// With every part at its worst, whatever the parts share.
  private final Interval worst;

  private @Nullable Interval interval;

  /// The figure with one input at its low and at its high end.
  public record Ends(double atLow, double atHigh) {}

  private Uncertain(double best, Map<String, Ends> effects, Interval worst) {
    this.best = best;
    this.worst = worst;
    this.effects = Collections.unmodifiableMap(effects);
  }

  /// A figure without uncertainty.
  public static Uncertain exactly(double value) {
    return new Uncertain(value, Map.of(), Interval.exactly(value));
  }

  /// An input.
  ///
  /// @param name says which: equal names are one input and err together
  public static Uncertain input(String name, Interval interval) {
    if (interval.low() == interval.high()) {
      return exactly(interval.best());
    }
    return new Uncertain(
        interval.best(), Map.of(name, new Ends(interval.low(), interval.high())), interval);
  }

  /// The same figure where it is also uncertain how it comes about.
  ///
  /// @param name the choice that is not known, as an input
  /// @param low the figure if it turns out well
  /// @param high the figure if it turns out badly
  public Uncertain orElse(String name, Uncertain low, Uncertain high) {
    if (low.best == best && high.best == best) {
      return this;
    }
    Map<String, Ends> all = new LinkedHashMap<>(effects);
    all.put(name, new Ends(low.best, high.best));
    Interval wider =
        new Interval(
            Math.min(worst.low(), Math.min(low.worst.low(), high.best)),
            best,
            Math.max(worst.high(), Math.max(high.worst.high(), low.best)));
    return new Uncertain(best, all, wider);
  }

  public double best() {
    return best;
  }

  /// What single inputs do, by name; inputs without an effect are absent.
  public Map<String, Ends> effects() {
    return effects;
  }

  /// With every part at its worst, whatever the parts share: no end of [#interval] lies beyond.
  public Interval worst() {
    return worst;
  }

  /// The same figure if one input were known exactly, at its best value.
  public Uncertain without(String input) {
    Map<String, Ends> others = new LinkedHashMap<>(effects);
    others.remove(input);
    return new Uncertain(best, others, worst);
  }

  /// Low, best and high, put together as described above.
  public Interval interval() {
    Interval known = interval;
    if (known == null) {
      known = combine();
      interval = known;
    }
    return known;
  }

  private Interval combine() {
    double low = best;
    double high = best;
    double fall = 0;
    double rise = 0;
    int falling = 0;
    int rising = 0;
    for (Ends ends : effects.values()) {
      double least = Math.min(ends.atLow, ends.atHigh);
      double most = Math.max(ends.atLow, ends.atHigh);
      if (least < best) {
        falling++;
        low = Math.min(low, least);
        fall += square(Math.log(best / least));
      }
      if (most > best) {
        rising++;
        high = Math.max(high, most);
        rise += best > 0 ? square(Math.log(most / best)) : square(most);
      }
    }
    if (falling > 1) {
      double together = best * Math.exp(-Math.sqrt(fall));
      low = Math.min(low, Math.max(together, worst.low()));
    }
    if (rising > 1) {
      double together = best > 0 ? best * Math.exp(Math.sqrt(rise)) : Math.sqrt(rise);
      high = Math.max(high, Math.min(together, worst.high()));
    }
    return new Interval(low, best, high);
  }

  private static double square(double value) {
    return value * value;
  }

  public Uncertain plus(Uncertain other) {
    return with(other, (a, b) -> a + b, false);
  }

  /// What remains of this one, zero at least.
  public Uncertain less(Uncertain other) {
    return with(other, (a, b) -> Math.max(0, a - b), true);
  }

  /// The larger: what one waits for.
  public Uncertain max(Uncertain other) {
    return with(other, Math::max, false);
  }

  public Uncertain min(Uncertain other) {
    return with(other, Math::min, false);
  }

  public Uncertain times(Uncertain other) {
    return with(other, (a, b) -> a * b, false);
  }

  /// A divisor is above zero, with each of its inputs at either end.
  public Uncertain dividedBy(Uncertain divisor) {
    if (!(divisor.interval().low() > 0)) {
      throw new IllegalArgumentException(
          "a figure is divided by what is above zero: " + divisor.interval());
    }
    return with(divisor, (a, b) -> a / b, true);
  }

  public Uncertain times(double factor) {
    if (!(factor >= 0)) {
      throw new IllegalArgumentException("a figure is scaled by zero or more, not " + factor);
    }
    return map(value -> value * factor);
  }

  /// A rising function of it.
  public Uncertain map(DoubleUnaryOperator function) {
    Map<String, Ends> mapped = new LinkedHashMap<>();
    double value = function.applyAsDouble(best);
    effects.forEach((name, ends) ->
        put(
            mapped,
            name,
            value,
            function.applyAsDouble(ends.atLow),
            function.applyAsDouble(ends.atHigh)));
    return new Uncertain(value, mapped, worst.map(function));
  }

  /// @param falling whether the result falls where the other one rises
  private Uncertain with(Uncertain other, DoubleBinaryOperator operator, boolean falling) {
    double value = operator.applyAsDouble(best, other.best);
    Map<String, Ends> all = LinkedHashMap.newLinkedHashMap(effects.size() + other.effects.size());
    effects.forEach((name, mine) -> {
      Ends others = other.effects.get(name);
      put(
          all,
          name,
          value,
          operator.applyAsDouble(mine.atLow, others == null ? other.best : others.atLow),
          operator.applyAsDouble(mine.atHigh, others == null ? other.best : others.atHigh));
    });
    other.effects.forEach((name, others) -> {
      if (!effects.containsKey(name)) {
        put(
            all,
            name,
            value,
            operator.applyAsDouble(best, others.atLow),
            operator.applyAsDouble(best, others.atHigh));
      }
    });
    double othersLow = falling ? other.worst.high() : other.worst.low();
    double othersHigh = falling ? other.worst.low() : other.worst.high();
    Interval wide =
        new Interval(
            operator.applyAsDouble(worst.low(), othersLow),
            value,
            operator.applyAsDouble(worst.high(), othersHigh));
    return new Uncertain(value, all, wide);
  }

  private static void put(
      Map<String, Ends> effects, String name, double best, double atLow, double atHigh) {
    if (atLow != best || atHigh != best) {
      effects.put(name, new Ends(atLow, atHigh));
    }
  }

  /// Adds up many figures, each taken some times: the same as [#plus] and [#times], done faster.
  /// Not safe for use by several threads.
  public static final class Sum {
    private final Map<String, double[]> deviations = new LinkedHashMap<>();
    private double best;
    private double least;
    private double most;

    /// Adds a figure so many times, zero or more.
    public Sum add(Uncertain figure, double times) {
      if (!(times >= 0)) {
        throw new IllegalArgumentException("a figure is added zero times or more, not " + times);
      }
      best += times * figure.best;
      least += times * figure.worst.low();
      most += times * figure.worst.high();
      for (Map.Entry<String, Ends> effect : figure.effects.entrySet()) {
        double[] ends = deviations.computeIfAbsent(effect.getKey(), _ -> new double[2]);
        ends[0] += times * (effect.getValue().atLow - figure.best);
        ends[1] += times * (effect.getValue().atHigh - figure.best);
      }
      return this;
    }

    /// All that was added, as one figure.
    public Uncertain total() {
      Map<String, Ends> effects = new LinkedHashMap<>();
      deviations.forEach((name, ends) -> {
        if (ends[0] != 0 || ends[1] != 0) {
          effects.put(name, new Ends(best + ends[0], best + ends[1]));
        }
      });
      double low = Math.min(least, best);
      return new Uncertain(best, effects, new Interval(low, best, Math.max(most, best)));
    }
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof Uncertain other && best == other.best && effects.equals(other.effects);
  }

  @Override
  public int hashCode() {
    return Double.hashCode(best) * 31 + effects.hashCode();
  }

  @Override
  public String toString() {
    return interval().toString();
  }
}
