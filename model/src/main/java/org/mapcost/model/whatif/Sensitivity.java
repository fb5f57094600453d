package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.strategy.Strategy;

/// Which unknown an answer depends on most: a strategy's cost, or its ratio to another's.
///
/// Each unknown goes to its low and its high end alone (a tornado), and all of them vary together
/// ([Sobol] indices). Unknowns are the inputs of prices, within their intervals as [Draw] takes
/// them, and keys, evenly over their ranges.
///
/// @param answer the answer within the intervals of prices, keys at their values of today
/// @param unknowns the most important first; those that move the answer by less than a hundredth of
///   the first are left out
public record Sensitivity(Interval answer, List<Unknown> unknowns) {
  /// Enough for indices to be right to a few hundredths.
  public static final int SAMPLES = 512;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  private static final double LEAST = 0.01;

  /// So many unknowns vary together.
  private static final int MOST = 16;

  public Sensitivity {
    unknowns = List.copyOf(unknowns);
  }

  /// One unknown.
  ///
  /// @param name an input of prices, or a key
  /// @param key whether it is a key with a range rather than an uncertain price
  /// @param atLow the answer with it at its low end or its range's first value, all else at best
  /// @param atHigh the same at the other end
  /// @param index its share in the variance of the answer
  /// @param measured the interval of the answer if this unknown alone were known exactly
  public record Unknown(
      String name, boolean key, double atLow, double atHigh, Sobol.Index index, Interval measured) {
    /// How far it moves the answer, as a factor from one end to the other.
    public double swing() {
      return Math.max(atLow, atHigh) / Math.max(Math.min(atLow, atHigh), Double.MIN_NORMAL);
    }
  }

  /// What is asked.
  ///
  /// @param strategy whose cost
  /// @param against over whose, if the answer is a ratio
  /// @param ranges keys that vary besides prices
  public record Question(
      Strategy strategy,
      Optional<Strategy> against,
      Setup setup,
      Measure measure,
      List<Range> ranges,
      Costs costs) {
    public Question {
      ranges = List.copyOf(ranges);
    }

    /// The answer at a setup.
    Uncertain at(Setup other, Costs.Place place) {
      Uncertain cost = time(strategy, place);
      return against
          .map(each -> {
            Uncertain base = time(each, place);
            if (!(base.interval().low() > 0)) {
              throw new InputException(
                  "%s costs nothing at %s pages; compare against another."
                      .formatted(each.name(), other.pages()));
            }
            return cost.dividedBy(base);
          })
          .orElse(cost);
    }

    private Uncertain time(Strategy of, Costs.Place place) {
      return switch (costs.of(of, place)) {
        case Outcome.Cost cost -> measure.time(cost);
        case Outcome.Refused refused ->
            throw new InputException(of.name() + " does not apply: " + refused.reason() + ".");
      };
    }
  }

  /// Answers a question. Throws [InputException] where a strategy does not serve.
  ///
  /// @param samples see [Sobol#of]
  public static Sensitivity of(Question question, int samples) {
    Uncertain answer = question.at(question.setup, question.costs.place(question.setup));
    List<Unknown> alone = alone(question, answer);
    if (alone.isEmpty()) {
      throw new InputException(
          "nothing here is uncertain; name a --strategy that costs something, or a key to --vary.");
    }
    List<Sobol.Index> indices =
        Sobol.of(alone.size(), samples, point -> value(question, alone, point));
    List<Unknown> unknowns = new ArrayList<>();
    for (int i = 0; i < alone.size(); i++) {
      Unknown each = alone.get(i);
      unknowns.add(
          new Unknown(each.name, each.key, each.atLow, each.atHigh, indices.get(i), each.measured));
    }
    unknowns.sort(Comparator.comparingDouble((Unknown each) -> -each.index.total()));
    return new Sensitivity(answer.interval(), unknowns);
  }

  /// Each unknown by itself, the largest swing first.
  private static List<Unknown> alone(Question question, Uncertain answer) {
    Sobol.Index none = new Sobol.Index(0, 0);
    List<Unknown> all = new ArrayList<>();
    answer
        .effects()
        .forEach((name, ends) ->
            all.add(
                new Unknown(
                    name,
                    false,
                    ends.atLow(),
                    ends.atHigh(),
                    none,
                    answer.without(name).interval())));
    for (Range range : question.ranges) {
      Unknown unknown =
          new Unknown(
              range.key().name(),
              true,
              at(question, range, 0).best(),
              at(question, range, range.size() - 1).best(),
              none,
              answer.interval());
      all.add(unknown);
    }
    all.sort(Comparator.comparingDouble((Unknown each) -> -Math.log(each.swing())));
    double most = all.isEmpty() ? 0 : Math.log(all.getFirst().swing());
    return all.stream()
        .filter(each -> each.key || Math.log(each.swing()) > LEAST * most)
        .limit(MOST)
        .toList();
  }

  private static Uncertain at(Question question, Range range, long index) {
    Setup setup = range.key().in(question.setup, range.text(index));
    return question.at(setup, question.costs.place(setup));
  }

  /// The answer with every unknown somewhere between 0 and 1 of what it may be.
  private static double value(Question question, List<Unknown> unknowns, double[] point) {
    Setup setup = question.setup;
    Map<String, Double> deviations = new HashMap<>();
    for (int i = 0; i < point.length; i++) {
      Unknown unknown = unknowns.get(i);
      if (unknown.key) {
        Range range =
            question.ranges.stream()
                .filter(each -> each.key().name().equals(unknown.name))
                .findFirst()
                .orElseThrow();
        long index = Math.min(range.size() - 1, (long) (point[i] * range.size()));
        setup = range.key().in(setup, range.text(index));
      } else {
        double share = Math.clamp(point[i], 1e-9, 1 - 1e-9);
        deviations.put(unknown.name, NORMAL.inverseCumulativeProbability(share));
      }
    }
    Draw draw = Draw.of(deviations);
    Costs.Place place =
        question.costs.place(
            setup, question.costs.freed(draw.prices(setup.machine(), setup.kernel().name())));
    return draw.value(question.at(setup, place));
  }
}
