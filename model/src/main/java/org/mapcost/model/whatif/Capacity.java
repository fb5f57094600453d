package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.mapcost.model.InputException;
import org.mapcost.model.simulation.PriceEnd;

/// How much of something an objective needs, or bears: the smallest number that holds it where more
/// is better, the largest where more is worse.
///
/// The latency is taken to rise or fall with the number throughout, so a border is searched by
/// doubling and halving; the same random numbers are used at every number, which keeps noise out of
/// the comparison. The search is done at the best prices and at both ends.
///
/// @param more whether more of it lowers the latency
/// @param best the border at the best prices; empty where the objective holds nowhere
/// @param low the border with all prices at their low end
/// @param high the border with all prices at their high end
/// @param unbounded whether the objective holds up to the largest number asked (or, where more is
///   better, at the smallest already)
/// @param curve what was found at the numbers that were tried, by number and end of the prices
public record Capacity(
    boolean more,
    OptionalLong best,
    OptionalLong low,
    OptionalLong high,
    boolean unbounded,
    List<Point> curve) {

  public Capacity {
    curve = List.copyOf(curve);
  }

  /// Latencies at a number, in nanoseconds, by the ends of the prices that were tried there.
  public record Point(long number, Map<PriceEnd, Double> latencies) {
    public Point {
      latencies = Map.copyOf(latencies);
    }
  }

  /// What is found at a number: the latency, in nanoseconds.
  @FunctionalInterface
  public interface Trial {
    double latency(long number, PriceEnd end);
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
    Search search = new Search(least, most, more, limit, trial);
    OptionalLong best = search.border(PriceEnd.BEST);
    OptionalLong low = search.border(PriceEnd.LOW);
    OptionalLong high = search.border(PriceEnd.HIGH);
    boolean unbounded = best.isPresent() && best.getAsLong() == (more ? least : most);
    return new Capacity(more, best, low, high, unbounded, search.curve());
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

  /// One search, which remembers what it tried.
  private static final class Search {
    private final long least;
    private final long most;
    private final boolean more;
    private final double limit;
    private final Trial trial;
    private final TreeMap<Long, Map<PriceEnd, Double>> tried = new TreeMap<>();

    Search(long least, long most, boolean more, double limit, Trial trial) {
      this.least = least;
      this.most = most;
      this.more = more;
      this.limit = limit;
      this.trial = trial;
    }

    private boolean holds(long number, PriceEnd end) {
      return tried
              .computeIfAbsent(number, _ -> new EnumMap<>(PriceEnd.class))
              .computeIfAbsent(end, each -> trial.latency(number, each))
          < limit;
    }

    /// More is better: from the smallest up to the first that holds. More is worse: from the
    /// smallest up to the last that holds.
    OptionalLong border(PriceEnd end) {
      boolean atLeast = holds(least, end);
      if (more ? atLeast : !atLeast) {
        return more ? OptionalLong.of(least) : OptionalLong.empty();
      }
      LongUnaryOperator next = number -> Math.min(most, Math.max(number + 1, 2 * number));
      long before = least;
      long after = next.applyAsLong(before);
      while (before < most && holds(after, end) == atLeast) {
        before = after;
        after = next.applyAsLong(after);
      }
      if (before == most) {
        return more ? OptionalLong.empty() : OptionalLong.of(most);
      }
      while (after - before > 1) {
        long middle = before + (after - before) / 2;
        if (holds(middle, end) == atLeast) {
          before = middle;
        } else {
          after = middle;
        }
      }
      return OptionalLong.of(more ? after : before);
    }

    List<Point> curve() {
      List<Point> points = new ArrayList<>();
      tried.forEach((number, latencies) -> points.add(new Point(number, latencies)));
      return points;
    }
  }
}
