package org.mapcost.results.calibrate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.mapcost.benchmarks.host.ProbePoint;
import org.mapcost.model.InputException;

/// What all forks of a run measured. The fork is the unit of replication.
///
/// @param forks those that came to their end, one or more
record Readings(List<ForkReading> forks) {
  private static final long SEED = 20210224;

  Readings {
    forks = List.copyOf(forks);
  }

  /// Runs the forks of a budget over some points, and says after each how much time is left.
  ///
  /// @param started when the budget began, of `System.nanoTime`
  static Readings measure(
      List<ProbePoint> points, Budget budget, long started, Forks runner, Consumer<String> say) {
    List<ForkReading> ended = new ArrayList<>();
    for (int fork = 0; fork < budget.forks(); fork++) {
      Duration gone = Duration.ofNanos(System.nanoTime() - started);
      if (fork > 0 && !budget.enough(gone)) {
        say.accept(
            "no time for fork " + (fork + 1) + ": those before took longer, the host is busy");
        break;
      }
      say.accept(
          "fork %d of %d, %d probes; %d s left"
              .formatted(
                  fork + 1,
                  budget.forks(),
                  points.size(),
                  Math.max(0, budget.total().minus(gone).toSeconds())));
      ForkReading reading =
          runner.run(points, budget.ofFork(fork, gone), budget.left(gone), SEED + fork);
      if (reading.ended()) {
        ended.add(reading);
      } else {
        say.accept("fork " + (fork + 1) + " did not end: " + runner.lastComplaint());
      }
    }
    if (ended.isEmpty()) {
      throw new InputException(
          "no fork came to its end: "
              + runner.lastComplaint()
              + ". Give a longer --budget, or see what 'mapcost doctor' says.");
    }
    return new Readings(ended);
  }

  /// A point's figure in one fork.
  OptionalDouble value(int fork, ProbePoint point) {
    return forks.get(fork).value(point);
  }

  /// The median over forks of a point's figure; absent where fewer than half of them have it.
  OptionalDouble median(ProbePoint point) {
    double[] values =
        forks.stream()
            .map(each -> each.value(point))
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    return 2 * values.length < forks.size()
        ? OptionalDouble.empty()
        : OptionalDouble.of(median(values));
  }

  /// How far the odd and the even slices of a point lie apart, as a share of their mean: the noise
  /// of the run itself.
  OptionalDouble noise(ProbePoint point) {
    List<Double> odd = new ArrayList<>();
    List<Double> even = new ArrayList<>();
    for (ForkReading fork : forks) {
      List<Double> halves = fork.halves(point);
      if (!halves.isEmpty()) {
        odd.add(halves.getFirst());
        even.add(halves.getLast());
      }
    }
    if (odd.isEmpty()) {
      return OptionalDouble.empty();
    }
    double one = median(odd.stream().mapToDouble(Double::doubleValue).toArray());
    double other = median(even.stream().mapToDouble(Double::doubleValue).toArray());
    return OptionalDouble.of(2 * Math.abs(one - other) / (one + other));
  }

  /// Why a point has no figure: the reason it was skipped for, or the witness's last word.
  Optional<String> whyNot(ProbePoint point) {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (ForkReading fork : forks) {
      String skipped = fork.skipped().get(point);
      if (skipped != null) {
        reasons.put("skipped", skipped);
      }
      fork.slices().getOrDefault(point, List.of()).stream()
          .filter(each -> !each.usable(point))
          .forEach(each -> reasons.put("refuted", "not exercised: " + each.reason()));
    }
    return reasons.values().stream().findFirst();
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
