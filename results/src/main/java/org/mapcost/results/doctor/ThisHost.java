package org.mapcost.results.doctor;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mapcost.benchmarks.linux.Cpus;
import org.mapcost.benchmarks.linux.PerfEvent;
import org.mapcost.benchmarks.linux.SystemCallException;
import org.mapcost.benchmarks.witness.Steal;

/// The host that this program runs on.
final class ThisHost implements LiveHost {
  private static final long LOOK_NS = 400_000_000;

  /// Between two readings of the clock; whatever takes longer was a break.
  private static final long BREAK_NS = 5_000;

  private @Nullable Look look;

  /// What a thread that did nothing but read the clock saw.
  private record Look(double lost, double perReading, Optional<Double> steal) {}

  @Override
  public List<Integer> allowedCpus() {
    try {
      return Cpus.allowed();
    } catch (SystemCallException | UnsupportedOperationException e) {
      return IntStream.range(0, Runtime.getRuntime().availableProcessors()).boxed().toList();
    }
  }

  @Override
  public Perf perf() {
    boolean software = opens(PerfEvent.Kind.TASK_CLOCK).isEmpty();
    try (PerfEvent cycles = PerfEvent.open(PerfEvent.Kind.CYCLES, 0, false)) {
      return new Perf(true, software, cycles.countsKernel(), "");
    } catch (SystemCallException e) {
      return new Perf(false, software, false, e.errnoName());
    }
  }

  private static Optional<String> opens(PerfEvent.Kind kind) {
    try (PerfEvent opened = PerfEvent.open(kind, 0, false)) {
      return opened.kind() == kind ? Optional.empty() : Optional.of("another event");
    } catch (SystemCallException e) {
      return Optional.of(e.errnoName());
    }
  }

  @Override
  public double lostShare() {
    return look().lost;
  }

  @Override
  public Optional<Double> stealPercent() {
    return look().steal;
  }

  @Override
  public double clockNanoseconds() {
    return look().perReading;
  }

  private Look look() {
    Look seen = look;
    if (seen == null) {
      spin(LOOK_NS / 4);
      seen = spin(LOOK_NS);
      look = seen;
    }
    return seen;
  }

  private static Look spin(long nanoseconds) {
    OptionalLong stolen = Steal.ticks();
    long start = System.nanoTime();
    long last = start;
    long lost = 0;
    long readings = 0;
    while (last - start < nanoseconds) {
      long now = System.nanoTime();
      if (now - last > BREAK_NS) {
        lost += now - last;
      }
      last = now;
      readings++;
    }
    double elapsed = last - start;
    OptionalLong after = Steal.ticks();
    Optional<Double> steal =
        stolen.isPresent() && after.isPresent()
            ? Optional.of(
                Steal.percent(
                    after.getAsLong() - stolen.getAsLong(),
                    elapsed,
                    Runtime.getRuntime().availableProcessors()))
            : Optional.empty();
    return new Look(lost / elapsed, (elapsed - lost) / readings, steal);
  }
}
