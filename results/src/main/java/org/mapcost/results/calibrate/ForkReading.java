package org.mapcost.results.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.mapcost.benchmarks.host.ProbePoint;
import org.mapcost.benchmarks.witness.Verdict.Outcome;

/// What one fork printed.
///
/// @param slices of each point, in the order in which they were measured
/// @param skipped the reasons of points that this host cannot measure
/// @param ended whether it came to its end; a fork that was cut short is no replicate
record ForkReading(
    Map<ProbePoint, List<Slice>> slices, Map<ProbePoint, String> skipped, boolean ended) {
  /// Noise adds and never takes away, and on a busy host most slices have some: a fork's figure is
  /// the value below which this share of them lies.
  private static final double QUANTILE = 0.25;

  private static final int FEWEST = 2;

  /// Reads the lines that `ProbeFork` prints; others are left out.
  static ForkReading parse(List<String> lines) {
    Map<ProbePoint, List<Slice>> slices = new LinkedHashMap<>();
    Map<ProbePoint, String> skipped = new LinkedHashMap<>();
    boolean ended = false;
    for (String line : lines) {
      String[] words = line.split("\t", -1);
      switch (words[0]) {
        case "slice" -> {
          if (words.length == 7) {
            slices
                .computeIfAbsent(ProbePoint.parse(words[1]), any -> new ArrayList<>())
                .add(
                    new Slice(
                        Double.parseDouble(words[2]),
                        Long.parseLong(words[3]),
                        Outcome.valueOf(words[4]),
                        Double.parseDouble(words[5]),
                        words[6]));
          }
        }
        case "skipped" -> skipped.put(ProbePoint.parse(words[1]), words[2]);
        case "end" -> ended = true;
        default -> {}
      }
    }
    return new ForkReading(slices, skipped, ended);
  }

  /// The figure of a point; absent where fewer than two slices measured it.
  OptionalDouble value(ProbePoint point) {
    return low(usable(point));
  }

  /// The figures of the point's odd and even slices, in this order; empty where either has none.
  List<Double> halves(ProbePoint point) {
    double[] all = usable(point);
    double[] odd = every(all, 0);
    double[] even = every(all, 1);
    OptionalDouble one = low(odd);
    OptionalDouble other = low(even);
    return one.isPresent() && other.isPresent()
        ? List.of(one.getAsDouble(), other.getAsDouble())
        : List.of();
  }

  private static double[] every(double[] all, int from) {
    double[] half = new double[(all.length + 1 - from) / 2];
    for (int i = 0; i < half.length; i++) {
      half[i] = all[from + 2 * i];
    }
    return half;
  }

  private double[] usable(ProbePoint point) {
    return slices.getOrDefault(point, List.of()).stream()
        .filter(each -> each.usable(point))
        .mapToDouble(Slice::nanoseconds)
        .toArray();
  }

  private static OptionalDouble low(double[] values) {
    if (values.length < FEWEST) {
      return OptionalDouble.empty();
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double at = QUANTILE * (sorted.length - 1);
    int below = (int) at;
    double share = at - below;
    return OptionalDouble.of(
        sorted[below] + share * (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]));
  }
}
