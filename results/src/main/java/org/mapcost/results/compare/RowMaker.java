package org.mapcost.results.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mapcost.model.cost.Interval;
import org.mapcost.results.run.Measurement;
import org.mapcost.results.stats.ForkValue;
import org.mapcost.results.stats.Oddities;
import org.mapcost.results.stats.Ratio;
import org.mapcost.results.stats.Statistics;

/// Compares one metric of two measurements.
///
/// @param tolerance up to which a change is called the same
/// @param ruler what is divided out of every other benchmark
/// @param value of a fork that is compared
record RowMaker(double tolerance, Optional<Ruler> ruler, ForkValue value) {
  /// From this share of the CPUs' time on an iteration is marked as stolen from, in percent.
  private static final double STOLEN = 1;

  Row row(Measurement[] pair, Metric a) {
    Optional<Metric> b =
        Metric.all(pair[1]).stream().filter(each -> each.name().equals(a.name())).findFirst();
    if (b.isEmpty()) {
      return notComparable(pair[0], a, "B has no " + a.name());
    }
    return row(pair, a, b.get());
  }

  private Row row(Measurement[] pair, Metric a, Metric b) {
    double[] ofA = value.of(a.forks());
    double[] ofB = value.of(b.forks());
    List<String> notes = new ArrayList<>();
    Optional<String> obstacle = obstacle(a, b, ofA, ofB);
    obstacle.ifPresent(notes::add);
    boolean exercised = pair[0].exercised() && pair[1].exercised();
    notExercised("A", pair[0], notes);
    notExercised("B", pair[1], notes);
    Optional<Ratio> ratio = Optional.empty();
    Optional<Ratio> clean = Optional.empty();
    Verdict verdict = Verdict.NOT_COMPARABLE;
    if (obstacle.isEmpty() && exercised) {
      boolean twice = a.forks().equals(b.forks());
      ratio =
          twice
              ? Ratio.of(ofA, ofA.clone()).map(RowMaker::exactlyOne)
              : ratio(pair[0], a, ofA, ofB);
      verdict = twice ? Verdict.SAME : verdict(ratio.orElseThrow().interval(), a);
      if (twice) {
        notes.add("the same values on both sides: one measurement, given twice");
      } else {
        clean = withoutSteal(pair, a, b, notes);
      }
    }
    oddities("A", a, notes);
    if (!a.forks().equals(b.forks())) {
      oddities("B", b, notes);
    }
    return new Row(
        pair[0],
        a,
        Statistics.best(ofA),
        Statistics.best(ofB),
        ofA.length,
        ofB.length,
        ratio,
        clean,
        exercised ? verdict : Verdict.NOT_EXERCISED,
        notes);
  }

  /// Why there is no ratio.
  private Optional<String> obstacle(Metric a, Metric b, double[] ofA, double[] ofB) {
    if (!a.unit().equals(b.unit())) {
      return Optional.of("the units differ: " + a.unit() + " and " + b.unit());
    }
    if (ofA.length < 2 || ofB.length < 2) {
      return Optional.of(
          fewForks(ofA.length, ofB.length) + "; how much forks differ is not known (JMH: -f 5)");
    }
    if (ruler.isPresent() && a.time() && !ruler.get().fits(ofA, ofB)) {
      return Optional.of("the ruler has another number of forks");
    }
    if (!positive(ofA) || !positive(ofB)) {
      return Optional.of("a value is zero or below, and has no ratio");
    }
    return Optional.empty();
  }

  private static String fewForks(int a, int b) {
    if (a < 2 && b < 2) {
      return a == b ? "A and B have " + forks(a) : "A has " + forks(a) + " and B " + forks(b);
    }
    return a < 2 ? "A has " + forks(a) : "B has " + forks(b);
  }

  private static String forks(int forks) {
    return forks == 0 ? "no value" : "one fork";
  }

  private static boolean positive(double[] values) {
    return Arrays.stream(values).allMatch(each -> each > 0 && Double.isFinite(each));
  }

  private Optional<Ratio> ratio(Measurement measurement, Metric metric, double[] a, double[] b) {
    if (ruler.isEmpty() || ruler.get().is(measurement) || !metric.time()) {
      return Ratio.of(b, a);
    }
    Ruler by = ruler.get();
    return Ratio.of(by.inB(b, metric.direction()), by.inA(a, metric.direction()));
  }

  private static Ratio exactlyOne(Ratio ratio) {
    return new Ratio(Interval.exactly(1), ratio.method(), 0, 0, ratio.degreesOfFreedom());
  }

  Verdict verdict(Interval ratio, Metric metric) {
    double most = 1 + tolerance;
    if (ratio.low() >= 1 / most && ratio.high() <= most) {
      return Verdict.SAME;
    }
    if (ratio.contains(1)) {
      return Verdict.UNDECIDED;
    }
    boolean more = ratio.low() > 1;
    if (!metric.time()) {
      return more ? Verdict.MORE : Verdict.LESS;
    }
    return more == (metric.direction() == Direction.MORE_IS_BETTER)
        ? Verdict.FASTER
        : Verdict.SLOWER;
  }

  private static void notExercised(String side, Measurement measurement, List<String> notes) {
    if (!measurement.exercised()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s: a witness saw that the intended path did not run, in %d of %d iterations",
              side,
              measurement.iterationsNotExercised(),
              measurement.forks().stream().mapToInt(List::size).sum()));
    }
  }

  /// The ratio without the iterations in which the hypervisor took time; the verdict is that of all
  /// of them.
  private Optional<Ratio> withoutSteal(Measurement[] pair, Metric a, Metric b, List<String> notes) {
    int marked = marked(pair[0], a) + marked(pair[1], b);
    if (marked == 0) {
      return Optional.empty();
    }
    double[] ofA = value.of(kept(pair[0], a));
    double[] ofB = value.of(kept(pair[1], b));
    int all = iterations(a) + iterations(b);
    String of = marked + " of " + all + " iterations were stolen from";
    Optional<Ratio> clean =
        positive(ofA) && positive(ofB) && (ruler.isEmpty() || ruler.get().fits(ofA, ofB))
            ? ofA.length < 2 || ofB.length < 2 ? Optional.empty() : ratio(pair[0], a, ofA, ofB)
            : Optional.empty();
    notes.add(
        of
            + clean
                .map(each -> {
                  Interval i = each.interval();
                  return String.format(
                      Locale.ROOT,
                      "; without them [%.3f %.3f %.3f], %s",
                      i.low(),
                      i.best(),
                      i.high(),
                      Comparison.words(verdict(i, a), tolerance));
                })
                .orElse("; without them too few forks are left"));
    return clean;
  }

  private static int iterations(Metric metric) {
    return metric.forks().stream().mapToInt(List::size).sum();
  }

  private static int marked(Measurement measurement, Metric metric) {
    if (!measurement.secondary().containsKey(Metric.STEAL)) {
      return 0;
    }
    return iterations(metric) - kept(measurement, metric).stream().mapToInt(List::size).sum();
  }

  private static List<List<Double>> kept(Measurement measurement, Metric metric) {
    List<List<Double>> steal = measurement.secondary().getOrDefault(Metric.STEAL, List.of());
    List<List<Double>> kept = new ArrayList<>();
    for (int fork = 0; fork < metric.forks().size(); fork++) {
      List<Double> values = metric.forks().get(fork);
      List<Double> stolen = fork < steal.size() ? steal.get(fork) : List.of();
      List<Double> clean = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        // A value for a whole fork has no iteration to be marked.
        if (stolen.size() != values.size() || !(stolen.get(i) > STOLEN)) {
          clean.add(values.get(i));
        }
      }
      kept.add(clean);
    }
    return kept;
  }

  private static void oddities(String side, Metric metric, List<String> notes) {
    if (metric.time()) {
      String of = metric.name().equals(Metric.SCORE) ? side : side + ", " + metric.name();
      Oddities.of(metric.forks(), metric.unit()).forEach(each -> notes.add(of + ": " + each));
    }
  }

  /// A measurement that stands in a file several times.
  Row twice(Measurement measurement, int inA, int inB) {
    Metric metric = Metric.all(measurement).getFirst();
    return notComparable(
        measurement,
        metric,
        "the same benchmark with the same parameters stands "
            + inA
            + " times in A and "
            + inB
            + " times in B");
  }

  private static Row notComparable(Measurement measurement, Metric metric, String why) {
    return new Row(
        measurement,
        metric,
        Statistics.best(metric.forks()),
        OptionalDouble.empty(),
        Statistics.forkMedians(metric.forks()).length,
        0,
        Optional.empty(),
        Optional.empty(),
        Verdict.NOT_COMPARABLE,
        List.of(why));
  }
}
