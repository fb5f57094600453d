package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.random.SobolSequenceGenerator;

/// Sobol indices of a function: which share of its variance each input makes.
///
/// Two halves of one quasi-random sequence (Sobol's, Hipparchus) give the samples A and B; first
/// indices by Saltelli et al. (2010, table 2 b), total ones by Jansen (1999).
public final class Sobol {
  private Sobol() {}

  /// What one input does to a function.
  ///
  /// @param first the share of the variance that would be gone if the input were known, 0 to 1 but
  ///   for the error of the sample
  /// @param total the share that is left if everything else were known
  public record Index(double first, double total) {}

  /// The indices of a function's inputs, each even in 0 to 1.
  ///
  /// @param inputs how many there are, 1 to 10 000
  /// @param samples a power of two is best; the function is asked `samples x (inputs + 2)` times,
  ///   by several threads
  public static List<Index> of(int inputs, int samples, ToDoubleFunction<double[]> function) {
    SobolSequenceGenerator sequence = new SobolSequenceGenerator(2 * inputs);
    sequence.skipTo(1);
    double[][] points = new double[samples][];
    for (int i = 0; i < samples; i++) {
      points[i] = sequence.nextVector();
    }
    double[] atA = values(points, function, point -> Arrays.copyOf(point, inputs));
    double[] atB = values(points, function, point -> Arrays.copyOfRange(point, inputs, 2 * inputs));
    double mean = (Arrays.stream(atA).sum() + Arrays.stream(atB).sum()) / (2 * samples);
    double variance = (squares(atA, mean) + squares(atB, mean)) / (2 * samples);
    List<Index> indices = new ArrayList<>();
    for (int input = 0; input < inputs; input++) {
      int one = input;
      double[] mixed =
          values(
              points,
              function,
              point -> {
                double[] changed = Arrays.copyOf(point, inputs);
                changed[one] = point[inputs + one];
                return changed;
              });
      indices.add(index(atA, atB, mixed, variance));
    }
    return indices;
  }

  private static Index index(double[] atA, double[] atB, double[] mixed, double variance) {
    if (variance == 0) {
      return new Index(0, 0);
    }
    double first = 0;
    double total = 0;
    for (int i = 0; i < atA.length; i++) {
      first += atB[i] * (mixed[i] - atA[i]);
      total += (atA[i] - mixed[i]) * (atA[i] - mixed[i]) / 2;
    }
    return new Index(first / atA.length / variance, total / atA.length / variance);
  }

  private static double[] values(
      double[][] points,
      ToDoubleFunction<double[]> function,
      java.util.function.UnaryOperator<double[]> part) {
    return IntStream.range(0, points.length)
        .parallel()
        .mapToDouble(i -> function.applyAsDouble(part.apply(points[i])))
        .toArray();
  }

  private static double squares(double[] values, double mean) {
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
  }
}
