package org.mapcost.results.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mapcost.results.run.HistogramFile;
import org.mapcost.results.run.Measurement;

/// One number that a measurement gives for each iteration, or for each fork.
///
/// @param name `score`; `p0.99` for a percentile of samples; or a secondary metric's own name
/// @param unit as JMH writes it
/// @param direction which way it is better
/// @param time whether it is a time, so that one may say faster
/// @param forks its values
public record Metric(
    String name, String unit, Direction direction, boolean time, List<List<Double>> forks) {
  /// JMH's own score.
  public static final String SCORE = "score";

  /// The witness that tells for each iteration which share of the CPUs' time the hypervisor took.
  public static final String STEAL = "steal";

  /// Every metric of a measurement: the score, the percentiles, the secondary ones.
  static List<Metric> all(Measurement measurement) {
    List<Metric> all = new ArrayList<>();
    Direction direction = Direction.of(measurement);
    if (!measurement.mode().equals(HistogramFile.MODE)) {
      all.add(new Metric(SCORE, measurement.unit(), direction, true, measurement.forks()));
    }
    measurement
        .percentiles()
        .forEach((share, values) ->
            all.add(
                new Metric(
                    percentile(share),
                    measurement.unit(),
                    direction,
                    true,
                    values.stream().map(List::of).toList())));
    measurement
        .secondary()
        .forEach((name, forks) -> {
          String unit = measurement.secondaryUnits().getOrDefault(name, "");
          all.add(new Metric(name, unit, Direction.of(unit), false, forks));
        });
    return all;
  }

  /// The metrics that are compared when nobody asks for others: the score, and of samples the
  /// median and the 99th percentile.
  static List<Metric> usual(Measurement measurement) {
    return all(measurement).stream()
        .filter(each ->
            each.name.equals(SCORE)
                || (each.time && List.of(percentile(0.5), percentile(0.99)).contains(each.name)))
        .toList();
  }

  /// The metric of a name. JMH's profilers wrote `·gc.time` before 1.36 and `gc.time` since, and
  /// `perfnorm` adds a privilege level behind a colon: neither counts.
  static Optional<Metric> named(Measurement measurement, String name) {
    return all(measurement).stream()
        .filter(each -> each.name.equals(name) || plain(each.name).equals(name))
        .findFirst();
  }

  private static String plain(String name) {
    String end = name.startsWith("·") ? name.substring(1) : name;
    int colon = end.indexOf(':');
    return colon < 0 ? end : end.substring(0, colon);
  }

  /// `p0.50`, `p0.999`, `p1.00`, as JMH writes them.
  static String percentile(double share) {
    String digits = String.format(Locale.ROOT, "%.4f", share);
    return "p" + digits.replaceFirst("0{1,2}$", "");
  }
}
