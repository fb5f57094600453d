package org.mapcost.results.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;

/// What is odd about a set of forks, in words. Nothing is ever dropped for it: an outlier is often
/// the most telling value of a run.
public final class Oddities {
  /// From how many median deviations on a value is called an outlier (Iglewicz and Hoaglin, How to
  /// Detect and Handle Outliers, 1993: the modified z-score).
  static final double OUTLIER = 3.5;

  /// The median deviation of a normal distribution, in standard deviations.
  private static final double NORMAL = 0.6745;

  /// Values that lie this close together are never called far apart, as logarithm.
  private static final double CLOSE = Math.log(1.02);

  /// Two groups are modes if the gap between them is this many times the spread inside them.
  private static final double GAP = 4;

  private static final int FEWEST_FOR_MODES = 5;
  private static final int FEWEST_FOR_OUTLIERS = 4;

  private Oddities() {}

  /// Sentences on the forks of one measurement; none where nothing is odd or where there are too
  /// few to say.
  ///
  /// @param unit as printed behind the numbers, `ns/op`
  public static List<String> of(List<List<Double>> forks, String unit) {
    List<String> sentences = new ArrayList<>();
    double[] medians = Statistics.forkMedians(forks);
    for (double median : medians) {
      if (!(median > 0)) {
        return sentences;
      }
    }
    int split = modes(medians);
    if (split > 0) {
      double[] sorted = medians.clone();
      Arrays.sort(sorted);
      sentences.add(
          String.format(
              Locale.ROOT,
              "two modes: %d forks near %.4g and %d near %.4g %s; all are kept",
              split,
              Statistics.median(Arrays.copyOf(sorted, split)),
              sorted.length - split,
              Statistics.median(Arrays.copyOfRange(sorted, split, sorted.length)),
              unit));
    } else {
      outlyingForks(medians, sentences);
    }
    outlyingIterations(forks, sentences);
    return sentences;
  }

  /// How many of the sorted values belong to the lower of two modes; 0 where there is one mode.
  static int modes(double[] forks) {
    if (forks.length < FEWEST_FOR_MODES) {
      return 0;
    }
    double[] logs = logs(forks);
    Arrays.sort(logs);
    int split = 1;
    for (int i = 2; i < logs.length; i++) {
      if (logs[i] - logs[i - 1] > logs[split] - logs[split - 1]) {
        split = i;
      }
    }
    if (split < 2 || logs.length - split < 2) {
      return 0;
    }
    double gap = logs[split] - logs[split - 1];
    double inside = Math.max(spread(logs, 0, split), spread(logs, split, logs.length));
    return gap > Math.max(CLOSE, GAP * inside) ? split : 0;
  }

  /// The standard deviation of sorted values from one index to another.
  private static double spread(double[] sorted, int from, int to) {
    LogSample part = LogSample.of(Arrays.copyOfRange(sorted, from, to));
    return Math.sqrt(part.varianceOfMean() * part.size());
  }

  private static void outlyingForks(double[] medians, List<String> sentences) {
    if (medians.length < FEWEST_FOR_OUTLIERS) {
      return;
    }
    double middle = Statistics.median(medians);
    DoublePredicate outlying = outlying(medians);
    for (int i = 0; i < medians.length; i++) {
      if (outlying.test(medians[i])) {
        sentences.add(
            String.format(
                Locale.ROOT,
                "fork %d of %d is an outlier, %s the median fork; it is kept",
                i + 1,
                medians.length,
                times(medians[i] / middle)));
      }
    }
  }

  private static void outlyingIterations(List<List<Double>> forks, List<String> sentences) {
    int all = 0;
    int outliers = 0;
    double farthest = 1;
    for (List<Double> fork : forks) {
      double[] values = positive(Statistics.finite(fork));
      all += values.length;
      if (values.length < FEWEST_FOR_OUTLIERS) {
        continue;
      }
      double middle = Statistics.median(values);
      DoublePredicate outlying = outlying(values);
      for (double value : values) {
        if (outlying.test(value)) {
          outliers++;
          double times = value / middle;
          farthest = Math.abs(Math.log(times)) > Math.abs(Math.log(farthest)) ? times : farthest;
        }
      }
    }
    if (outliers > 0) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "%d of %d iterations are outliers, the farthest %s its fork's median; they are kept",
              outliers,
              all,
              times(farthest)));
    }
  }

  /// Tells the outliers among some values.
  private static DoublePredicate outlying(double[] values) {
    double[] logs = logs(values);
    double middle = Statistics.median(logs);
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.abs(logs[i] - middle);
    }
    double limit = Math.max(CLOSE, OUTLIER * Statistics.median(logs) / NORMAL);
    return value -> Math.abs(Math.log(value) - middle) > limit;
  }

  private static double[] logs(double[] values) {
    double[] logs = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      logs[i] = Math.log(values[i]);
    }
    return logs;
  }

  private static double[] positive(double[] values) {
    int count = 0;
    double[] positive = new double[values.length];
    for (double value : values) {
      if (value > 0) {
        positive[count++] = value;
      }
    }
    return Arrays.copyOf(positive, count);
  }

  private static String times(double factor) {
    return String.format(Locale.ROOT, "%.3g times", factor);
  }
}
