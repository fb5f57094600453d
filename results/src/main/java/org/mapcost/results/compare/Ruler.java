package org.mapcost.results.compare;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.mapcost.model.InputException;
import org.mapcost.results.run.Measurement;
import org.mapcost.results.run.ResultFile;
import org.mapcost.results.stats.ForkValue;
import org.mapcost.results.stats.Ratio;

/// A benchmark of which nothing but the machine can change the time. Divided out fork by fork, it
/// takes the machine's drift with it; its own noise is added to every other benchmark.
final class Ruler {
  private final String key;
  private final double[] a;
  private final double[] b;

  private Ruler(String key, double[] a, double[] b) {
    this.key = key;
    this.a = a;
    this.b = b;
  }

  static Ruler of(Pattern pattern, ResultFile a, ResultFile b, ForkValue value) {
    Measurement of = only(pattern, a);
    Measurement against = only(pattern, b);
    if (!of.key().equals(against.key())) {
      throw new InputException(
          "the ruler is " + of.key() + " in A and " + against.key() + " in B; make it one.");
    }
    return new Ruler(of.key(), times(of, value), times(against, value));
  }

  private static Measurement only(Pattern pattern, ResultFile results) {
    List<Measurement> matching =
        results.measurements().stream().filter(each -> pattern.matcher(each.key()).find()).toList();
    if (matching.size() != 1) {
      throw new InputException(
          results.path()
              + ": the ruler '"
              + pattern
              + "' matches "
              + (matching.isEmpty()
                  ? "no benchmark"
                  : matching.size() + " benchmarks, such as " + matching.getFirst().key())
              + "; name exactly one.");
    }
    return matching.getFirst();
  }

  private static double[] times(Measurement measurement, ForkValue value) {
    return times(value.of(measurement.forks()), Direction.of(measurement));
  }

  /// Throughputs turned into times.
  private static double[] times(double[] values, Direction direction) {
    return direction == Direction.MORE_IS_BETTER
        ? Arrays.stream(values).map(each -> 1 / each).toArray()
        : values;
  }

  boolean is(Measurement measurement) {
    return measurement.key().equals(key);
  }

  /// Whether both sides have as many forks as the ruler has there.
  boolean fits(double[] ofA, double[] ofB) {
    return ofA.length == a.length && ofB.length == b.length;
  }

  /// Values of a metric of A in units of the ruler, again in the metric's direction.
  double[] inA(double[] values, Direction direction) {
    return in(a, values, direction);
  }

  /// The same in B.
  double[] inB(double[] values, Direction direction) {
    return in(b, values, direction);
  }

  private static double[] in(double[] ruler, double[] values, Direction direction) {
    return times(Ratio.measuredIn(times(values, direction), ruler), direction);
  }
}
