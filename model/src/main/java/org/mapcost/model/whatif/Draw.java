package org.mapcost.model.whatif;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.kernel.Instructions;
import org.mapcost.model.kernel.Operation;
import org.mapcost.model.machine.Dimension;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.Quantity;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.machine.price.Platform;

/// One possible world of all that is uncertain: a deviation for every input, by its name. An input
/// that several prices share deviates once, wherever it enters.
///
/// Deviations are standard normal. An input's interval is taken to hold 95 % of what it may be,
/// half of the rest beyond each end, and its logarithm to be normal on either side of the best
/// value; an input that can be zero deviates in proportion to its ends instead.
///
/// Safe for use by several threads.
public final class Draw {
  /// Standard deviations from the middle to either end of a 95 % interval.
  public static final double END = 1.959963984540054;

  private final long seed;
  private final Map<String, Double> deviations = new ConcurrentHashMap<>();

  private Draw(long seed) {
    this.seed = seed;
  }

  /// The draw with a number, of a series that a seed fixes.
  public static Draw of(long seed, long number) {
    return new Draw(new SplittableRandom(seed ^ (number + 1) * 0x9E3779B97F4A7C15L).nextLong());
  }

  /// A draw with given deviations; every other input is at its best value.
  static Draw of(Map<String, Double> deviations) {
    Draw draw = new Draw(0);
    draw.deviations.putAll(deviations);
    return draw;
  }

  /// The same world where some inputs are known, and at their best values.
  Draw without(List<String> known) {
    Draw draw = new Draw(seed);
    draw.deviations.putAll(deviations);
    known.forEach(input -> draw.deviations.put(input, 0.0));
    return draw;
  }

  /// How far an input deviates, in standard deviations. Inputs whose names differ in digits alone
  /// are one: where trees of this or that many bytes stay in the caches.
  public double deviation(String input) {
    Double known = deviations.get(input);
    if (known != null) {
      return known;
    }
    String name = input.startsWith("where ") ? input.replaceAll("[0-9]+", "") : input;
    double drawn = seed == 0 ? 0 : normal(seed ^ mixed(name));
    deviations.put(input, drawn);
    return drawn;
  }

  private static double normal(long state) {
    return new SplittableRandom(state).nextGaussian();
  }

  private static long mixed(String name) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }

  /// What an input with an interval is in this draw.
  public double value(String input, Interval interval) {
    if (interval.low() == interval.high()) {
      return interval.best();
    }
    double deviation = deviation(input);
    return at(
        interval.best(),
        deviation < 0 ? interval.low() : interval.high(),
        Math.abs(deviation) / END);
  }

  /// @param share how far from the best value to the end; may be above one
  private static double at(double best, double end, double share) {
    return best > 0 && end > 0
        ? best * Math.pow(end / best, share)
        : Math.max(0, best + (end - best) * share);
  }

  /// What a figure is in this draw whose uncertainty is in few, independent inputs.
  public double value(Uncertain figure) {
    double best = figure.best();
    double[] value = {best};
    figure
        .effects()
        .forEach((input, ends) -> {
          double deviation = deviation(input);
          double end = deviation < 0 ? ends.atLow() : ends.atHigh();
          value[0] += at(best, end, Math.abs(deviation) / END) - best;
        });
    return Math.max(0, value[0]);
  }

  /// The prices of a machine under a kernel in this draw: every value is exact, and what is left
  /// uncertain are choices, such as which CPUs are interrupted.
  MachinePrices prices(Machine machine, String kernel) {
    return new MachinePrices(new Platform(drawn(machine), drawn(Instructions.of(kernel))));
  }

  private Machine drawn(Machine machine) {
    Map<Parameter, Quantity> values = new EnumMap<>(machine.values());
    values.replaceAll((parameter, quantity) -> {
      boolean number =
          parameter.dimension() != Dimension.COUNT && parameter.dimension() != Dimension.FLAG;
      return number
          ? new Quantity(
              Interval.exactly(value(parameter.path(), quantity.interval())),
              quantity.unit(),
              quantity.source(),
              quantity.note())
          : quantity;
    });
    return new Machine(machine.name(), machine.standsFor(), values);
  }

  private Instructions drawn(Instructions instructions) {
    Map<Operation, Instructions.Count> counts = new EnumMap<>(instructions.counts());
    counts.replaceAll((operation, count) ->
        new Instructions.Count(
            Interval.exactly(value("instructions." + operation.key(), count.interval())),
            count.source()));
    return new Instructions(
        instructions.kernel(), instructions.recordedIn(), counts, instructions.fits());
  }
}
