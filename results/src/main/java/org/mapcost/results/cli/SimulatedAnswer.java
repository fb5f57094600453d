package org.mapcost.results.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.units.Nanoseconds;
import org.mapcost.model.whatif.Range;
import org.mapcost.model.whatif.SimulatedCrossings.Crossing;
import org.mapcost.model.whatif.SimulatedOutcome;
import org.mapcost.model.whatif.SimulatedOutcome.Value;
import org.mapcost.model.whatif.SimulatedSweep;
import org.mapcost.model.whatif.SimulatedSweep.Point;

/// The answer of a sweep of simulations in sentences: who is the best where, how surely, what is
/// gained today, what makes no difference, and who does not serve.
///
/// @param sweep what was asked
/// @param points all its points, in order
/// @param crossings where the best changes; empty where that was not looked for
/// @param today the point of today's values
/// @param baseline against whom the gain is told, where it serves
record SimulatedAnswer(
    SimulatedSweep sweep,
    List<Point> points,
    Optional<List<Crossing>> crossings,
    Point today,
    String baseline) {
  /// Faults whose pages differ by a larger factor are not alike.
  private static final double UNLIKE = 1.1;

  /// So many calls beyond a percentile tell where it is.
  private static final int FEW = 10;

  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    List<Strategy> serving = serving();
    if (serving.size() == 1) {
      sentences.add(ends(serving.getFirst()));
    } else if (crossings.isPresent()) {
      along(crossings.get(), sentences);
    } else {
      wins(sentences);
    }
    sentences.add(gain());
    fewCalls().ifPresent(sentences::add);
    unlike().ifPresent(sentences::add);
    sentences.addAll(ignored());
    sentences.addAll(refused());
    return sentences;
  }

  /// Who has a figure anywhere.
  List<Strategy> serving() {
    return sweep.strategies().stream()
        .filter(each -> points.stream().anyMatch(point -> point.value(each).isPresent()))
        .toList();
  }

  /// `yes` where the best is better than the next in every world, else `tie`.
  String sure(Point point) {
    List<Strategy> ranked = sweep.ranked(point);
    if (ranked.size() < 2) {
      return "-";
    }
    return sweep.surelyBetter(point, ranked.getFirst(), ranked.get(1)) ? "yes" : "tie";
  }

  /// A figure with its unit: `3.41 us`, `1234/s`.
  String shown(double value) {
    return sweep.measure().unit().equals("ns")
        ? new Nanoseconds(value).toString()
        : Json.digits(value, 4) + sweep.measure().unit();
  }

  String shown(Interval value) {
    return "[%s %s %s]".formatted(shown(value.low()), shown(value.best()), shown(value.high()));
  }

  /// `clients=16`.
  private String values(int point) {
    List<String> values = new ArrayList<>();
    for (int axis = 0; axis < sweep.axes().size(); axis++) {
      Range range = sweep.axes().get(axis).range();
      values.add(range.key().name() + "=" + Shown.value(range, sweep.place(point, axis)));
    }
    return String.join(", ", values);
  }

  private String ends(Strategy strategy) {
    List<Integer> with =
        IntStream.range(0, points.size())
            .filter(i -> points.get(i).value(strategy).isPresent())
            .boxed()
            .toList();
    Value first = points.get(with.getFirst()).value(strategy).orElseThrow();
    Value last = points.get(with.getLast()).value(strategy).orElseThrow();
    String head =
        "%s: %s is %s at %s"
            .formatted(
                strategy.name(),
                sweep.measure().words(),
                shown(first.interval()),
                values(with.getFirst()));
    if (with.size() == 1) {
      return head + " and nowhere else.";
    }
    boolean more = last.best() >= first.best();
    String change =
        Math.min(first.best(), last.best()) > 0
            ? ", %s %s"
                .formatted(
                    times(more ? last.over(first) : first.over(last)), more ? "more" : "less")
            : "";
    return "%s and %s at %s%s."
        .formatted(head, shown(last.interval()), values(with.getLast()), change);
  }

  private void along(List<Crossing> found, List<String> sentences) {
    Range range = sweep.axes().getFirst().range();
    if (found.isEmpty()) {
      long sure = points.stream().filter(point -> sure(point).equals("yes")).count();
      List<Strategy> ranked = sweep.ranked(points.getFirst());
      sentences.add(
          "%s is the best of %d at every %s from %s to %s: no crossover. %s"
              .formatted(
                  ranked.isEmpty() ? "none" : ranked.getFirst().name(),
                  serving().size(),
                  range.key().name(),
                  Shown.value(range, 0L),
                  Shown.value(range, range.size() - 1),
                  told(sure)));
      return;
    }
    if (found.size() > 1) {
      sentences.add("%d crossovers:".formatted(found.size()));
    }
    for (Crossing each : found) {
      sentences.add(crossing(range, each));
    }
  }

  private String told(long sure) {
    return sure == points.size()
        ? "So in every world at all of them."
        : "Told apart from the next in every world at %d of %d points."
            .formatted(sure, points.size());
  }

  private String crossing(Range range, Crossing each) {
    String key = range.key().name();
    return "Up to %s=%s %s is the best, from %s on %s. %s"
        .formatted(
            key,
            Shown.value(range, each.from()),
            each.before().name(),
            Shown.value(range, each.to()),
            each.after().name(),
            notToldApart(range, each));
  }

  private String notToldApart(Range range, Crossing each) {
    if (each.low() == each.from() && each.high() == each.to()) {
      return "So in all %d worlds.".formatted(sweep.replications());
    }
    return "The two are not told apart between %s and %s: there the %d worlds disagree."
        .formatted(
            Shown.end(range, each.low()), Shown.end(range, each.high()), sweep.replications());
  }

  /// Of words and of two keys: who wins where, or how often.
  private void wins(List<String> sentences) {
    Map<String, Long> wins = new LinkedHashMap<>();
    long sure = 0;
    List<String> each = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      String winner = sweep.ranked(point).stream().findFirst().map(Strategy::name).orElse("none");
      wins.merge(winner, 1L, Long::sum);
      sure += sure(point).equals("yes") ? 1 : 0;
      each.add(values(i) + ": " + winner + (sure(point).equals("tie") ? " (a tie)" : ""));
    }
    if (wins.size() == 1) {
      sentences.add(
          "%s is the best at all %d points. %s"
              .formatted(wins.keySet().iterator().next(), points.size(), told(sure)));
      return;
    }
    if (sweep.axes().size() == 1) {
      sentences.add("The best: " + String.join("; ", each) + ".");
      return;
    }
    String shares =
        wins.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .map(one -> String.format(Locale.ROOT, "%s at %d", one.getKey(), one.getValue()))
            .collect(Collectors.joining(", "));
    sentences.add("The best over %d points: %s. %s".formatted(points.size(), shares, told(sure)));
  }

  private String gain() {
    String at =
        sweep.axes().stream()
            .map(axis -> axis.range().key().name() + "=" + axis.today(sweep.base()))
            .collect(Collectors.joining(", "));
    List<Strategy> ranked = sweep.ranked(today);
    if (ranked.isEmpty()) {
      return "Today (%s) none of them serves.".formatted(at);
    }
    Strategy best = ranked.getFirst();
    Value good = today.value(best).orElseThrow();
    if (ranked.size() < 2) {
      return "Today (%s) %s of %s is %s."
          .formatted(at, sweep.measure().words(), best.name(), shown(good.interval()));
    }
    Strategy against =
        ranked.stream()
            .filter(each -> each.name().equals(baseline) && !each.equals(best))
            .findFirst()
            .orElse(ranked.get(1));
    Value bad = today.value(against).orElseThrow();
    Value more = sweep.measure().more() ? good : bad;
    Value less = sweep.measure().more() ? bad : good;
    return "Today (%s) %s is the best: %s %s, %s%s of %s%s."
        .formatted(
            at,
            best.name(),
            sweep.measure().words(),
            shown(good.interval()),
            less.best() > 0
                ? times(more.over(less)) + (sweep.measure().more() ? " the " : " less than the ")
                : "against the ",
            shown(bad.interval()),
            against.name(),
            sweep.surelyBetter(today, best, against) ? "" : "; the two are not told apart");
  }

  /// `1.8 times [1.5 .. 2.3]`.
  private static String times(Interval ratio) {
    return "%s times [%s .. %s]"
        .formatted(factor(ratio.best()), factor(ratio.low()), factor(ratio.high()));
  }

  /// Says where a percentile rests on few calls.
  private Optional<String> fewCalls() {
    double[] few =
        points.stream()
            .flatMap(point -> point.outcomes().values().stream())
            .filter(Value.class::isInstance)
            .mapToDouble(each -> ((Value) each).beyond())
            .filter(beyond -> beyond < FEW)
            .sorted()
            .toArray();
    return few.length == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%d figure%s with fewer than %d calls beyond %s, the least with %.0f: few to tell"
                    + " %s by; give a longer --duration or more --replications.",
                few.length,
                few.length == 1 ? " rests on runs" : "s rest on runs",
                FEW,
                few.length == 1 ? "it" : "them",
                few[0],
                few.length == 1 ? "it" : "them"));
  }

  /// Says where faults of one strategy insert more pages than those of another.
  private Optional<String> unlike() {
    List<String> pages = new ArrayList<>();
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (Strategy strategy : serving()) {
      double each =
          points.stream()
              .flatMap(point -> point.value(strategy).stream())
              .mapToDouble(Value::pagesPerFault)
              .max()
              .orElse(0);
      least = Math.min(least, each);
      most = Math.max(most, each);
      pages.add(String.format(Locale.ROOT, "%s %.3g", strategy.name(), each));
    }
    return most > UNLIKE * least
        ? Optional.of(
            "A fault is not the same for all: it inserts so many pages: %s. To compare whole buffers"
                    .formatted(String.join(", ", pages))
                + " ask for --measure buffer or throughput.")
        : Optional.empty();
  }

  private static String factor(double ratio) {
    return Double.isFinite(ratio) ? Json.digits(ratio, 3).toString() : "infinity";
  }

  /// Which strategies a key means nothing to: their runs are the same to the last digit.
  private List<String> ignored() {
    List<String> sentences = new ArrayList<>();
    for (int axis = 0; axis < sweep.axes().size(); axis++) {
      int at = axis;
      List<Strategy> ignoring = serving().stream().filter(each -> constant(each, at)).toList();
      String key = sweep.axes().get(axis).range().key().name();
      if (ignoring.size() == serving().size()) {
        sentences.add("%s makes no difference to any of them here.".formatted(key));
      } else if (!ignoring.isEmpty()) {
        sentences.add(
            "%s makes no difference to %s."
                .formatted(
                    key, ignoring.stream().map(Strategy::name).collect(Collectors.joining(", "))));
      }
    }
    return sentences;
  }

  private boolean constant(Strategy strategy, int axis) {
    Map<Long, SimulatedOutcome> first = new LinkedHashMap<>();
    for (int i = 0; i < points.size(); i++) {
      SimulatedOutcome outcome = points.get(i).outcomes().get(strategy);
      long others = sweep.axes().size() == 1 ? 0 : sweep.place(i, 1 - axis);
      if (outcome == null || !outcome.equals(first.computeIfAbsent(others, _ -> outcome))) {
        return false;
      }
    }
    return true;
  }

  private List<String> refused() {
    List<String> sentences = new ArrayList<>();
    for (Strategy strategy : sweep.strategies()) {
      List<String> reasons =
          points.stream()
              .map(point -> point.outcomes().get(strategy))
              .filter(SimulatedOutcome.Refused.class::isInstance)
              .map(each -> ((SimulatedOutcome.Refused) each).reason())
              .toList();
      if (!reasons.isEmpty()) {
        sentences.add(
            "%s has no figure at %s: %s"
                .formatted(
                    strategy.name(),
                    reasons.size() == points.size()
                        ? "any point"
                        : "%d of %d points".formatted(reasons.size(), points.size()),
                    stopped(reasons.getFirst())));
      }
    }
    return sentences;
  }

  private static String stopped(String reason) {
    return reason.endsWith(".") ? reason : reason + ".";
  }
}
