package org.mapcost.results.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.mapcost.benchmarks.host.Placement;
import org.mapcost.benchmarks.host.ProbePoint;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.price.Platform;
import org.mapcost.model.machine.price.PriceFunction;
import org.mapcost.model.machine.price.PriceFunctions;

/// Prices calibrated at some points, held against measurements at others, interleaved in one run.
///
/// The price functions know flushes, interrupts and latencies. What a system call does besides has
/// no price: it is a line through the calibrated points, a call and each page, with the priced
/// flush taken out. So the jump from 33 to 34 pages, where a range becomes a flush of everything,
/// comes from the price function alone.
///
/// @param rows all predictions that could be held against a measurement
/// @param missing what could not, with the reason
/// @param forks of the run
public record LiveValidation(List<LiveRow> rows, List<String> missing, int forks) {
  /// Up to this median error the prices hold.
  public static final double GOOD = 0.25;

  /// Beyond this median difference of a measurement from itself the run cannot tell.
  public static final double NOISY = 0.10;

  static final List<Integer> CALIBRATED = List.of(1, 4, 16, 256);
  static final List<Integer> PREDICTED = List.of(2, 8, 32, 33, 34, 64, 128);
  private static final List<String> OPERATIONS = List.of("MPROTECT", "MUNMAP", "MADVISE");

  public LiveValidation {
    rows = List.copyOf(rows);
    missing = List.copyOf(missing);
  }

  /// What the run says.
  public enum Verdict {
    HOLDS,
    FAILS,
    TOO_NOISY,
    /// Nothing could be measured.
    EMPTY
  }

  /// Measures this host.
  ///
  /// @param started when the budget began, of `System.nanoTime`
  /// @param say gets a line of progress now and then
  public static LiveValidation run(Budget budget, long started, Consumer<String> say) {
    Points points = new Points(HostFacts.here(), Placement.here().peers().size());
    return of(Readings.measure(measured(points), budget, started, new ForkProcess(), say), points);
  }

  static List<ProbePoint> measured(Points points) {
    List<ProbePoint> all = new ArrayList<>(points.shootdowns(List.of("RESTORE"), CALIBRATED));
    all.addAll(points.shootdowns(OPERATIONS, CALIBRATED));
    all.addAll(points.shootdowns(OPERATIONS, PREDICTED));
    all.add(Points.membarrier(0));
    threads(points).forEach(each -> all.add(Points.membarrier(each)));
    if (points.peers() > 0) {
      all.add(Points.lock("LINE"));
    }
    all.add(Points.core("MULTIPLY_ADD"));
    Stream.of(points.inL1(), points.inL2(), points.inLlc(), points.inMemory())
        .forEach(each -> all.add(Points.latency(each, true)));
    footprints(points).forEach(each -> all.add(Points.latency(each, true)));
    return all;
  }

  /// Numbers of running peers; the ends are calibrated where there are three or more.
  private static List<Integer> threads(Points points) {
    return Stream.of(1, 2, 3, points.peers() / 2, points.peers())
        .filter(each -> each >= 1 && each <= points.peers())
        .distinct()
        .sorted()
        .toList();
  }

  /// Footprints that are not calibrated: two in each cache, one in memory.
  private static List<Long> footprints(Points points) {
    return Stream.of(
            points.inL1() / 2,
            2 * points.inL1(),
            points.inL2() / 4,
            2 * points.inL2(),
            points.inLlc() / 2,
            3 * points.inLlc() / 2,
            points.inMemory() / 4 * 3)
        .map(each -> each / 128 * 128)
        .distinct()
        .toList();
  }

  static LiveValidation of(Readings readings, Points points) {
    return new Predictions(readings, points).validation();
  }

  /// The median size of the errors, as a share; absent without rows.
  public OptionalDouble medianError() {
    return median(row -> OptionalDouble.of(Math.abs(row.error())));
  }

  /// The median difference of a measurement from itself, as a share; absent without rows.
  public OptionalDouble medianNoise() {
    return median(LiveRow::noise);
  }

  private OptionalDouble median(Function<LiveRow, OptionalDouble> share) {
    double[] values =
        rows.stream()
            .map(share)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Readings.median(values));
  }

  /// A run that is noisier than [#NOISY] decides nothing unless the prices hold all the same.
  public Verdict verdict() {
    if (rows.isEmpty()) {
      return Verdict.EMPTY;
    }
    if (medianError().orElse(1) < GOOD) {
      return Verdict.HOLDS;
    }
    return medianNoise().orElse(1) > NOISY ? Verdict.TOO_NOISY : Verdict.FAILS;
  }

  /// The predictions of one run.
  private static final class Predictions {
    private final Readings readings;
    private final Points points;
    private final Machine machine;
    private final List<FlushFit> flushes;
    private final List<LiveRow> rows = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    Predictions(Readings readings, Points points) {
      this.readings = readings;
      this.points = points;
      Machine base = Machines.named(MachineClass.of(points.host()));
      for (var each : Told.of(points.host()).entrySet()) {
        base = base.with(each.getKey(), each.getValue());
      }
      PriceFits fits = new PriceFits(readings, points, base, CALIBRATED);
      machine = fits.machine();
      flushes = fits.flushes();
    }

    LiveValidation validation() {
      if (points.peers() == 0) {
        missing.add("one CPU for this process: nothing is predicted of running threads");
      }
      if (points.peers() == 1) {
        missing.add(
            "two CPUs: threads are predicted at 1 peer alone, from shootdowns; more need more"
                + " CPUs");
      }
      OPERATIONS.forEach(this::pages);
      threads();
      footprints();
      return new LiveValidation(rows, missing, readings.forks().size());
    }

    private void pages(String op) {
      Optional<RobustFit> line = op.equals("MPROTECT") ? Optional.empty() : line(op);
      if (op.equals("MPROTECT") ? flushes.isEmpty() : line.isEmpty()) {
        missing.add(op.toLowerCase(Locale.ROOT) + ": too few calibrated points");
        return;
      }
      for (int n : PREDICTED) {
        for (boolean running : states()) {
          Interval call =
              line.map(fit -> around(fit.coefficient(0) + n * fit.coefficient(1), fit))
                  .orElseGet(() -> spread(fit -> fit.base() + n * fit.protect()));
          row(
              "pages",
              "%s of %d pages, %s"
                  .formatted(
                      op.toLowerCase(Locale.ROOT), n, running ? "1 peer running" : "peers parked"),
              flush(n, running).plus(call),
              Points.shootdown(op, n, running));
        }
      }
    }

    private List<Boolean> states() {
      return points.peers() > 0 ? List.of(false, true) : List.of(false);
    }

    /// Of the forks' fits.
    private Interval spread(ToDoubleFunction<FlushFit> part) {
      double[] values = flushes.stream().mapToDouble(part).toArray();
      return Spread.of(values).orElseGet(() -> Interval.exactly(values[0]));
    }

    /// A line's value, and how far its points lie from it at the median.
    private static Interval around(double best, RobustFit line) {
      double half = best * Math.min(1, line.medianResidual());
      return new Interval(best - half, best, best + half);
    }

    /// A call and each page of an operation, its priced flush taken out.
    private Optional<RobustFit> line(String op) {
      List<double[]> design = new ArrayList<>();
      List<Double> measured = new ArrayList<>();
      for (int n : CALIBRATED) {
        for (boolean running : states()) {
          readings
              .median(Points.shootdown(op, n, running))
              .ifPresent(ns -> {
                double rest = ns - flush(n, running).best();
                if (rest > 0) {
                  design.add(new double[] {1, n});
                  measured.add(rest);
                }
              });
        }
      }
      if (design.size() < 3) {
        return Optional.empty();
      }
      double[] trust = new double[design.size()];
      Arrays.fill(trust, 1);
      return Optional.of(
          RobustFit.of(
              design.toArray(new double[0][]),
              measured.stream().mapToDouble(Double::doubleValue).toArray(),
              trust));
    }

    private Interval flush(int pages, boolean running) {
      return price(
          "ranged-flush",
          Map.of("pages", String.valueOf(pages), "space", "user", "cpus", running ? "2" : "1"));
    }

    private void threads() {
      OptionalDouble alone = readings.median(Points.membarrier(0));
      if (alone.isEmpty() || points.peers() == 0) {
        return;
      }
      for (int peers : LiveValidation.threads(points)) {
        boolean calibrated = points.peers() >= 3 && peers == points.peers();
        if (!calibrated) {
          row(
              "threads",
              "membarrier, " + peers + (peers == 1 ? " peer running" : " peers running"),
              price("ipi-broadcast", Map.of("targets", String.valueOf(peers)))
                  .plus(Interval.exactly(alone.getAsDouble())),
              Points.membarrier(peers));
        }
      }
    }

    private void footprints() {
      for (long bytes : LiveValidation.footprints(points)) {
        row(
            "footprint",
            "a load out of " + bytes / 1024 + " KiB",
            price(
                "access",
                Map.of("mode", "wb", "op", "read", "pattern", "random", "buffer", bytes + "B")),
            Points.latency(bytes, true));
      }
    }

    private Interval price(String name, Map<String, String> arguments) {
      Platform platform = Platform.of(machine, points.host().kernelSeries());
      PriceFunction function = PriceFunctions.named(name);
      return function.price(platform, function.arguments(platform, arguments)).price().caller();
    }

    private void row(String group, String what, Interval predicted, ProbePoint point) {
      OptionalDouble measured = readings.median(point);
      if (measured.isPresent()) {
        rows.add(
            new LiveRow(group, what, predicted, measured.getAsDouble(), readings.noise(point)));
      } else {
        missing.add(what + ": " + readings.whyNot(point).orElse("too few slices in the budget"));
      }
    }
  }
}
