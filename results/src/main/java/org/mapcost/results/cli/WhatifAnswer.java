package org.mapcost.results.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.whatif.Crossover;
import org.mapcost.model.whatif.Crossovers;
import org.mapcost.model.whatif.Measure;
import org.mapcost.model.whatif.Outcome;
import org.mapcost.model.whatif.Range;
import org.mapcost.model.whatif.Setup;
import org.mapcost.model.whatif.Sweep;
import org.mapcost.model.whatif.Sweep.Point;

/// The answer of a sweep in sentences: who is the cheapest where, how surely, what is gained today,
/// and what makes no difference.
final class WhatifAnswer {
  /// Costs that differ by less are the same.
  private static final double SAME = 1e-9;

  private final Sweep sweep;
  private final Measure measure;
  private final List<Point> points;
  private final Optional<Crossovers> crossovers;
  private final int draws;
  private final String baseline;

  WhatifAnswer(
      Sweep sweep,
      Measure measure,
      List<Point> points,
      Optional<Crossovers> crossovers,
      int draws,
      String baseline) {
    this.sweep = sweep;
    this.measure = measure;
    this.points = points;
    this.crossovers = crossovers;
    this.draws = draws;
    this.baseline = baseline;
  }

  /// The contestants that serve a point in the mode asked for, the cheapest first.
  List<Strategy> ranked(Point point) {
    CacheMode mode = sweep.setup(point.index()).mode();
    return ranked(point.outcomes(), mode);
  }

  private List<Strategy> ranked(Map<Strategy, Outcome> outcomes, CacheMode mode) {
    Map<Strategy, Double> costs = new LinkedHashMap<>();
    for (Strategy strategy : sweep.contestants()) {
      if (outcomes.get(strategy) instanceof Outcome.Cost cost && cost.mode() == mode) {
        costs.put(strategy, measure.time(cost).best());
      }
    }
    return costs.entrySet().stream()
        .sorted(Comparator.comparingDouble(Map.Entry::getValue))
        .map(Map.Entry::getKey)
        .toList();
  }

  /// Whether the first of a ranking is cheaper than the second whatever single inputs do.
  boolean sure(Point point, List<Strategy> ranked) {
    return time(point.outcomes(), ranked.get(1))
            .less(time(point.outcomes(), ranked.getFirst()))
            .interval()
            .low()
        > 0;
  }

  private Uncertain time(Map<Strategy, Outcome> outcomes, Strategy strategy) {
    return outcomes.get(strategy) instanceof Outcome.Cost cost
        ? measure.time(cost)
        : Uncertain.ZERO;
  }

  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    if (sweep.contestants().size() == 1) {
      sentences.add(ends(sweep.contestants().getFirst()));
    } else if (crossovers.isPresent()) {
      along(crossovers.get(), sentences);
    } else {
      regions(sentences);
    }
    today().ifPresent(sentences::add);
    sentences.addAll(ignored());
    return sentences;
  }

  private String ends(Strategy strategy) {
    Point first = points.getFirst();
    Point last = points.getLast();
    Uncertain from = time(first.outcomes(), strategy);
    Uncertain to = time(last.outcomes(), strategy);
    if (from.interval().equals(to.interval())) {
      return "%s costs %s at %s as at %s."
          .formatted(strategy.name(), Bill.time(from.interval()), values(first), values(last));
    }
    String factor = "";
    if (from.interval().low() > 0 && to.interval().low() > 0) {
      boolean more = to.best() >= from.best();
      factor =
          ", %s %s"
              .formatted(
                  times((more ? to.dividedBy(from) : from.dividedBy(to)).interval()),
                  more ? "more" : "less");
    }
    return "%s costs %s at %s and %s at %s%s."
        .formatted(
            strategy.name(),
            Bill.time(from.interval()),
            values(first),
            Bill.time(to.interval()),
            values(last),
            factor);
  }

  private String values(Point point) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < sweep.ranges().size(); i++) {
      Range range = sweep.ranges().get(i);
      values.add(range.key().name() + "=" + Shown.value(range, sweep.place(point.index(), i)));
    }
    return String.join(", ", values);
  }

  private void along(Crossovers found, List<String> sentences) {
    Range range = sweep.ranges().getFirst();
    if (found.all().isEmpty()) {
      List<Strategy> ranked = ranked(points.getFirst());
      if (!ranked.isEmpty()) {
        long sure = points.stream().filter(each -> isSure(each)).count();
        sentences.add(
            "%s is the cheapest of %d at every %s from %s to %s: no crossover. %s"
                .formatted(
                    throughout(ranked).name(),
                    ranked.size(),
                    range.key().name(),
                    Shown.value(range, 0L),
                    Shown.value(range, range.size() - 1),
                    surely(sure)));
      }
      return;
    }
    if (found.all().size() > 1) {
      sentences.add("%d crossovers:".formatted(found.all().size()));
    }
    for (Crossover each : found.all()) {
      sentences.add(crossing(found, each, range));
    }
  }

  /// Who is as cheap as the cheapest at every point; of several the one that is cheaper somewhere.
  private Strategy throughout(List<Strategy> candidates) {
    return candidates.stream()
        .filter(each ->
            points.stream()
                .allMatch(point -> {
                  List<Strategy> ranked = ranked(point);
                  return ranked.isEmpty()
                      || time(point.outcomes(), each).best()
                          <= time(point.outcomes(), ranked.getFirst()).best() * (1 + SAME);
                }))
        .findFirst()
        .orElse(candidates.getFirst());
  }

  private boolean isSure(Point point) {
    List<Strategy> ranked = ranked(point);
    return ranked.size() < 2 || sure(point, ranked);
  }

  private String surely(long sure) {
    return sure == points.size()
        ? "Surely so at all of them."
        : "Surely so at %d of %d points; at the others the next is as good within what is known."
            .formatted(sure, points.size());
  }

  private String crossing(Crossovers found, Crossover each, Range range) {
    List<String> otherwise = new ArrayList<>();
    if (each.above() > 0) {
      otherwise.add(
          "%s stays cheaper in %s".formatted(found.before(each).name(), share(each.above())));
    }
    if (each.below() > 0) {
      otherwise.add(
          "%s is from the start in %s".formatted(found.after(each).name(), share(each.below())));
    }
    String doubt =
        otherwise.isEmpty()
            ? ""
            : " Of %d possible worlds some have none: %s."
                .formatted(draws, String.join(", ", otherwise));
    return "From %s=%s [%s .. %s] on %s is the cheapest, up to there %s%s.%s"
        .formatted(
            range.key().name(),
            Shown.from(range, each.crossing().x()),
            Shown.end(range, each.low()),
            Shown.end(range, each.high()),
            found.after(each).name(),
            found.before(each).name(),
            each.crossing().jump() ? " (the costs jump there)" : "",
            doubt);
  }

  private static String share(double of) {
    return String.format(Locale.ROOT, of < 0.01 ? "%.1f %%" : "%.0f %%", 100 * of);
  }

  /// Of words and of maps: who wins how many points, and where that changes.
  private void regions(List<String> sentences) {
    Map<String, Long> wins = new LinkedHashMap<>();
    long sure = 0;
    for (Point point : points) {
      wins.merge(winner(point), 1L, Long::sum);
      sure += isSure(point) ? 1 : 0;
    }
    if (wins.size() == 1) {
      sentences.add(
          "%s is the cheapest at all %d points. %s"
              .formatted(wins.keySet().iterator().next(), points.size(), surely(sure)));
      return;
    }
    if (sweep.ranges().size() == 1) {
      String all =
          points.stream()
              .map(
                  point -> values(point) + ": " + winner(point) + (isSure(point) ? "" : " (a tie)"))
              .collect(Collectors.joining("; "));
      sentences.add("The cheapest: " + all + ".");
      return;
    }
    String shares =
        wins.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .map(each ->
                String.format(
                    Locale.ROOT,
                    "%s in %.0f %%",
                    each.getKey(),
                    100.0 * each.getValue() / points.size()))
            .collect(Collectors.joining(", "));
    sentences.add(
        "The cheapest over %d points: %s. %s".formatted(points.size(), shares, surely(sure)));
  }

  private String winner(Point point) {
    return ranked(point).stream().findFirst().map(Strategy::name).orElse("none");
  }

  /// What the best saves at the values that hold today.
  private Optional<String> today() {
    Setup base = sweep.base();
    Map<Strategy, Outcome> outcomes = new LinkedHashMap<>();
    sweep.strategies().forEach(each -> outcomes.put(each, sweep.costs().of(each, base)));
    List<Strategy> ranked = ranked(outcomes, base.mode());
    if (ranked.size() < 2) {
      return Optional.empty();
    }
    Strategy best = ranked.getFirst();
    Strategy against =
        ranked.stream()
            .filter(each -> each.name().equals(baseline))
            .findFirst()
            .filter(each -> !each.equals(best))
            .orElse(ranked.get(1));
    Uncertain cheap = time(outcomes, best);
    String today =
        sweep.ranges().stream()
            .map(range -> range.key().name() + "=" + range.key().today().apply(base))
            .collect(Collectors.joining(", "));
    return Optional.of(
        "Today (%s) %s costs %s and %s.%s"
            .formatted(
                today,
                best.name(),
                Bill.time(cheap.interval()),
                gain(cheap, time(outcomes, against), against),
                missing(outcomes)));
  }

  /// Who is the cheapest somewhere but does not serve today.
  private String missing(Map<Strategy, Outcome> today) {
    StringBuilder missing = new StringBuilder();
    sweep.contestants().stream()
        .filter(each -> points.stream().anyMatch(point -> winner(point).equals(each.name())))
        .forEach(each -> {
          if (today.get(each) instanceof Outcome.Refused refused) {
            missing.append(" %s does not serve then: %s.".formatted(each.name(), refused.reason()));
          }
        });
    return missing.toString();
  }

  /// `saves T a buffer against X, 5.1 times [4.2 .. 6.6] less`.
  private String gain(Uncertain cheap, Uncertain dear, Strategy against) {
    Uncertain gain = dear.less(cheap);
    if (!(gain.best() > 0)) {
      return against.name() + " the same";
    }
    String factor = "";
    if (cheap.interval().low() > 0) {
      factor = ", %s less".formatted(times(dear.dividedBy(cheap).interval()));
    }
    return "saves %s %s against %s%s"
        .formatted(
            Bill.time(gain.interval()),
            measure == Measure.LOAD ? "at each load" : "a buffer",
            against.name(),
            factor);
  }

  /// `5.1 times [4.2 .. 6.6]`.
  private static String times(Interval factor) {
    String best = Json.digits(factor.best(), 3).toString();
    String low = Json.digits(factor.low(), 3).toString();
    String high = Json.digits(factor.high(), 3).toString();
    return low.equals(high) ? best + " times" : "%s times [%s .. %s]".formatted(best, low, high);
  }

  /// Which strategies a key means nothing to.
  private List<String> ignored() {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < sweep.ranges().size(); i++) {
      int axis = i;
      List<String> ignoring =
          sweep.strategies().stream()
              .filter(each -> constant(each, axis))
              .map(Strategy::name)
              .toList();
      String key = sweep.ranges().get(i).key().name();
      if (ignoring.size() == sweep.strategies().size()) {
        sentences.add("%s makes no difference to any of them here.".formatted(key));
      } else if (!ignoring.isEmpty()) {
        sentences.add("%s makes no difference to %s.".formatted(key, String.join(", ", ignoring)));
      }
    }
    return sentences;
  }

  private boolean constant(Strategy strategy, int axis) {
    Map<Long, Double> first = new LinkedHashMap<>();
    for (Point point : points) {
      @Nullable Double cost =
          point.cost(strategy).map(each -> measure.time(each).best()).orElse(null);
      if (cost == null) {
        return false;
      }
      long others = sweep.ranges().size() == 1 ? 0 : sweep.place(point.index(), 1 - axis);
      double same = first.computeIfAbsent(others, _ -> cost);
      if (Math.abs(cost - same) > SAME * same) {
        return false;
      }
    }
    return true;
  }

  List<Map<String, Object>> crossoversJson() {
    if (crossovers.isEmpty()) {
      return List.of();
    }
    Crossovers found = crossovers.get();
    Range range = sweep.ranges().getFirst();
    List<Map<String, Object>> all = new ArrayList<>();
    for (Crossover each : found.all()) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("before", found.before(each).name());
      object.put("after", found.after(each).name());
      object.put("at", each.crossing().x());
      object.put("from", Shown.from(range, each.crossing().x()));
      object.put("low", finite(each.low()));
      object.put("high", finite(each.high()));
      object.put("below_range_share", each.below());
      object.put("above_range_share", each.above());
      object.put("jump", each.crossing().jump());
      all.add(object);
    }
    return all;
  }

  /// A number, or `below` and `above` for what lies outside the range.
  private static Object finite(double end) {
    if (Double.isFinite(end)) {
      return end;
    }
    return end < 0 ? "below" : "above";
  }
}
