package org.mapcost.model.whatif;

import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/// A crossing and how surely it is where it is.
///
/// @param crossing where the cheapest option changes by the best values
/// @param low the end of the 95 % interval below; negative infinity where it lies below the range
/// @param high the end above; positive infinity where it lies above the range
/// @param below the share of draws in which the second option is the cheaper one from the start
/// @param above the share of draws in which the first is to the end
public record Crossover(Crossing crossing, double low, double high, double below, double above) {
  private static final double OUTSIDE = 0.025;

  /// The crossover by Monte Carlo: where the crossing moves to in each draw.
  ///
  /// @param drawn the curves of each draw, from 0 on; several threads may ask
  public static Crossover of(
      Crossing crossing, Crossings crossings, int draws, LongFunction<Curves> drawn) {
    double[] places =
        LongStream.range(0, draws)
            .parallel()
            .mapToDouble(draw -> crossings.moved(crossing, drawn.apply(draw)))
            .toArray();
    Arrays.sort(places);
    return new Crossover(
        crossing,
        quantile(places, OUTSIDE),
        quantile(places, 1 - OUTSIDE),
        share(places, Double.NEGATIVE_INFINITY),
        share(places, Double.POSITIVE_INFINITY));
  }

  private static double share(double[] places, double infinite) {
    return Arrays.stream(places).filter(place -> place == infinite).count()
        / (double) places.length;
  }

  /// Between two neighbours on a straight line, unless one is infinite.
  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int low = (int) Math.floor(at);
    int high = Math.min(low + 1, sorted.length - 1);
    double part = at - low;
    if (part == 0 || sorted[low] == sorted[high]) {
      return sorted[low];
    }
    double mixed = sorted[low] + part * (sorted[high] - sorted[low]);
    return Double.isFinite(mixed) ? mixed : sorted[part < 0.5 ? low : high];
  }
}
