package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.simulation.PriceEnd;

/// How much of something an objective needs, or bears: the smallest number that holds it where more
/// is better, the largest where more is worse.
///
/// The latency is taken to rise or fall with the number throughout, so a border is searched by
/// doubling and halving; the same random numbers are used at every number, which keeps noise out of
/// the comparison. Borders are searched side by side: at the best prices by all runs together, by
/// the luckiest and by the unluckiest run, and with all prices at either end.
///
/// @param more whether more of it lowers the latency
/// @param best the border at the best prices; empty where the objective holds nowhere
/// @param low the border with all prices at their low end
/// @param high the border with all prices at their high end
/// @param lucky the border at the best prices if the run with the lowest latency counts
/// @param unlucky the same if the run with the highest latency counts
/// @param unbounded whether the objective holds up to the largest number asked (or, where more is
///   better, at the smallest already)
/// @param curve what was found at the numbers that were tried, by number and end of the prices
public record Capacity(
    boolean more,
    OptionalLong best,
    OptionalLong low,
    OptionalLong high,
    OptionalLong lucky,
    OptionalLong unlucky,
    boolean unbounded,
    List<Point> curve) {

  public Capacity {
    curve = List.copyOf(curve);
  }

  /// Latencies at a number, in nanoseconds, by the ends of the prices that were tried there: of all
  /// runs together, between the lowest and the highest run.
  public record Point(long number, Map<PriceEnd, Interval> latencies) {
    public Point {
      latencies = Map.copyOf(latencies);
    }
  }

  /// What is tried: a number, with the prices at one end.
  public record Probe(long number, PriceEnd end) {}

  /// What is found at numbers.
  @FunctionalInterface
  public interface Trial {
    /// The latencies, in nanoseconds, in the order of the probes: of all runs together, between the
    /// lowest and the highest run.
    List<Interval> latencies(List<Probe> probes);
  }

  /// Searches from `least` to `most`.
  ///
  /// @param more whether more of it lowers the latency
  /// @param limit the latency to stay below
  public static Capacity search(long least, long most, boolean more, double limit, Trial trial) {
    if (least < 1 || most < least) {
      throw new InputException(
          "a search goes from 1 or more upwards, not %d..%d.".formatted(least, most));
    }
    List<Border> borders = new ArrayList<>();
    borders.add(new Border(least, most, more, PriceEnd.BEST, at -> at.best() < limit));
    borders.add(new Border(least, most, more, PriceEnd.LOW, at -> at.best() < limit));
    borders.add(new Border(least, most, more, PriceEnd.HIGH, at -> at.best() < limit));
    borders.add(new Border(least, most, more, PriceEnd.BEST, at -> at.low() < limit));
    borders.add(new Border(least, most, more, PriceEnd.BEST, at -> at.high() < limit));
    Map<Probe, Interval> tried = new HashMap<>();
    for (List<Probe> next = wanted(borders, tried); !next.isEmpty(); ) {
      tryAll(next, trial, tried);
      next = wanted(borders, tried);
    }
    tryAll(gaps(least, most, tried), trial, tried);
    OptionalLong best = borders.getFirst().border();
    return new Capacity(
        more,
        best,
        borders.get(1).border(),
        borders.get(2).border(),
        borders.get(3).border(),
        borders.get(4).border(),
        best.isPresent() && best.getAsLong() == (more ? least : most),
        curve(tried));
  }

  /// Lets every border go on as far as is known, and answers what all of them wait for.
  private static List<Probe> wanted(List<Border> borders, Map<Probe, Interval> tried) {
    Set<Probe> wanted = new LinkedHashSet<>();
    borders.forEach(border -> border.goOn(tried).ifPresent(wanted::add));
    return List.copyOf(wanted);
  }

  private static void tryAll(List<Probe> probes, Trial trial, Map<Probe, Interval> tried) {
    if (probes.isEmpty()) {
      return;
    }
    List<Interval> found = trial.latencies(probes);
    for (int i = 0; i < probes.size(); i++) {
      tried.put(probes.get(i), found.get(i));
    }
  }

  /// What the curve lacks where the search doubled: it has all ends of the prices there.
  private static List<Probe> gaps(long least, long most, Map<Probe, Interval> tried) {
    long last = tried.keySet().stream().mapToLong(Probe::number).max().orElse(least);
    List<Probe> gaps = new ArrayList<>();
    for (long number = least; number <= last; number = Math.max(number + 1, 2 * number)) {
      for (PriceEnd end : PriceEnd.values()) {
        Probe probe = new Probe(Math.min(most, number), end);
        if (!tried.containsKey(probe)) {
          gaps.add(probe);
        }
      }
    }
    return gaps;
  }

  private static List<Point> curve(Map<Probe, Interval> tried) {
    TreeMap<Long, Map<PriceEnd, Interval>> byNumber = new TreeMap<>();
    tried.forEach((probe, latency) ->
        byNumber
            .computeIfAbsent(probe.number, _ -> new EnumMap<>(PriceEnd.class))
            .put(probe.end, latency));
    List<Point> points = new ArrayList<>();
    byNumber.forEach((number, latencies) -> points.add(new Point(number, latencies)));
    return points;
  }

  /// The mechanism that costs most, with its share, 0 to 1, by best values.
  ///
  /// @param costs nanoseconds by mechanism
  public static Optional<Map.Entry<String, Double>> obstacle(Map<String, Double> costs) {
    double all = costs.values().stream().mapToDouble(Double::doubleValue).sum();
    return all > 0
        ? costs.entrySet().stream()
            .max(Comparator.comparingDouble(Map.Entry::getValue))
            .map(each -> Map.entry(each.getKey(), each.getValue() / all))
        : Optional.empty();
  }

  /// The search for one border, which asks for one number at a time.
  ///
  /// Where more is better it goes from the smallest number up to the first that holds; where more
  /// is worse, up to the last that holds.
  private static final class Border {
    private final long least;
    private final long most;
    private final boolean more;
    private final PriceEnd end;
    private final Predicate<Interval> holds;

    /// What the smallest number says; the border is where another says otherwise.
    private boolean atLeast;

    /// The largest number that says the same, 0 before the first answer.
    private long before;

    /// The smallest number that says otherwise; one above the largest where none is known.
    private long after;

    Border(long least, long most, boolean more, PriceEnd end, Predicate<Interval> holds) {
      this.least = least;
      this.most = most;
      this.more = more;
      this.end = end;
      this.holds = holds;
      this.after = most + 1;
    }

    /// Uses what is known; the next number it must know, or empty when the border is found.
    Optional<Probe> goOn(Map<Probe, Interval> tried) {
      while (after - before > 1 && !(before == least && atLeast == more)) {
        Probe next = new Probe(next(), end);
        Interval latency = tried.get(next);
        if (latency == null) {
          return Optional.of(next);
        }
        answered(next.number, holds.test(latency));
      }
      return Optional.empty();
    }

    private long next() {
      if (before == 0) {
        return least;
      }
      return after > most
          ? Math.min(most, Math.max(before + 1, 2 * before))
          : before + (after - before) / 2;
    }

    private void answered(long number, boolean held) {
      if (before == 0) {
        atLeast = held;
      }
      if (held == atLeast) {
        before = number;
        after = before == most ? most + 1 : after;
      } else {
        after = number;
      }
    }

    OptionalLong border() {
      if (more) {
        return atLeast
            ? OptionalLong.of(least)
            : after > most ? OptionalLong.empty() : OptionalLong.of(after);
      }
      return atLeast ? OptionalLong.of(before) : OptionalLong.empty();
    }
  }
}
