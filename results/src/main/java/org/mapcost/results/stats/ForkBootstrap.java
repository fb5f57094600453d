package org.mapcost.results.stats;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// How far the difference of two means of forks may be from the truth, by drawing forks again and
/// again from those that there are.
///
/// The interval is symmetric: what a lucky draw of outliers does to one side must not pull the
/// interval after it (Hall, Journal of the Royal Statistical Society B 50, 1988, "symmetric
/// bootstrap"). Ten forks drawn from themselves vary less than ten new ones; so the percentile is
/// moved outwards by as much as Student's quantile exceeds the normal one (Hesterberg, The American
/// Statistician 69, 2015, "expanded percentile").
final class ForkBootstrap {
  private static final int RESAMPLES = 2_000;
  private static final long SEED = 20210224;

  /// How often each fork is drawn, in each sample; by the number of forks and the side. The same
  /// draws serve every benchmark, so that the same data give the same interval in any company.
  private static final Map<Long, byte[][]> DRAWS = new ConcurrentHashMap<>();

  private ForkBootstrap() {}

  /// Half the width of the interval of the difference, at [Statistics#CONFIDENCE].
  static double halfWidth(LogSample a, LogSample b, double degreesOfFreedom) {
    byte[][] ofA = draws(a.size(), 0);
    byte[][] ofB = draws(b.size(), 1);
    double difference = a.mean() - b.mean();
    double[] distances = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      distances[i] = Math.abs(mean(a.values(), ofA[i]) - mean(b.values(), ofB[i]) - difference);
    }
    Arrays.sort(distances);
    double fresh = Math.sqrt(a.varianceOfMean() + b.varianceOfMean());
    double drawn = Math.sqrt(drawnVariance(a) + drawnVariance(b));
    double tails =
        2
            * NormalDistribution.of(0, 1)
                .survivalProbability(Statistics.quantile(degreesOfFreedom) * fresh / drawn);
    return distances[Math.min(RESAMPLES, (int) Math.ceil((1 - tails) * (RESAMPLES + 1))) - 1];
  }

  /// The variance of the mean of forks drawn with replacement.
  private static double drawnVariance(LogSample sample) {
    return sample.varianceOfMean() * (sample.size() - 1) / sample.size();
  }

  private static double mean(double[] values, byte[] counts) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += counts[i] * values[i];
    }
    return sum / values.length;
  }

  private static byte[][] draws(int forks, int side) {
    return DRAWS.computeIfAbsent(
        2L * forks + side,
        key -> {
          RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED + key);
          byte[][] draws = new byte[RESAMPLES][forks];
          for (byte[] counts : draws) {
            for (int i = 0; i < forks; i++) {
              counts[random.nextInt(forks)]++;
            }
          }
          return draws;
        });
  }
}
