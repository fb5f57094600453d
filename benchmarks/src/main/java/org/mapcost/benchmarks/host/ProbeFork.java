package org.mapcost.benchmarks.host;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.mapcost.benchmarks.linux.Cpus;
import org.mapcost.benchmarks.witness.Verdict;

/// A JVM that measures many probes in turn, a slice of some milliseconds each, until its time is
/// up: one fork of a calibration. JMH would give each point forks and warm-up of its own, which a
/// budget of a minute does not allow; here all points of a fork share one JVM, and the fork is the
/// unit of replication as it is there.
///
/// Arguments: milliseconds in all, milliseconds of a slice, seed, and the points. Standard output,
/// one line each, words separated by tabs:
/// * `warm MILLISECONDS` when all probes are open and warm,
/// * `skipped POINT REASON` for a probe that this host cannot run,
/// * `slice POINT NANOSECONDS OPERATIONS OUTCOME COUNTED REASON`: the median of one step over a
///   slice, and what the witness counted for each operation, -1 for nothing,
/// * `end ROUNDS` when all is done; without it the fork was cut short.
///
/// Dangers and what saves it:
/// * What drifts falls on all points alike, for each round has another random order.
/// * Code is slow until it is compiled: the slices of the first [#WARM_UP] rounds are not printed,
///   and the compiler gets the CPU between them.
/// * Other programs take the CPUs, also from the compiler: where the kernel permits it, all threads
///   of this process go before them (nice -19); and every slice has a verdict of its witness.
/// * The program that started this one is killed: the end of standard input ends this one.
public final class ProbeFork {
  /// Rounds that warm up.
  public static final int WARM_UP = 4;

  /// Rounds that are printed whatever the time.
  public static final int LEAST = 2;

  private static final Duration LOOK = Duration.ofMillis(20);
  private static final int IDLE_LOOKS = 3;
  private static final int MOST_LOOKS = 25;

  private static final int BEFORE_OTHERS = -19;
  private static final int MOST_SAMPLES = 20_000;
  private static final double MILLISECOND = 1e6;

  private final List<Open> probes = new ArrayList<>();
  private final double[] samples = new double[MOST_SAMPLES];
  private final PrintStream out;
  private final long begun = System.nanoTime();
  private long sink;

  private record Open(ProbePoint point, HostProbe probe) {}

  ProbeFork(PrintStream out) {
    this.out = out;
  }

  /// Exit code 2 for wrong arguments.
  public static void main(String[] args) {
    if (args.length < 4) {
      System.err.println("usage: ProbeFork MILLISECONDS SLICE_MILLISECONDS SEED POINT...");
      System.exit(2);
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    long end = System.nanoTime() + (long) (Double.parseDouble(args[0]) * MILLISECOND);
    ProbeFork fork = new ProbeFork(out);
    endWithParent();
    Cpus.preferThisProcess(BEFORE_OTHERS);
    fork.open(Arrays.stream(args).skip(3).map(ProbePoint::parse).toList());
    fork.measure(end, (long) (Double.parseDouble(args[1]) * MILLISECOND), Long.parseLong(args[2]));
    // Peers are daemons, and what is mapped goes with the process.
    System.exit(fork.sink == Long.MIN_VALUE ? 3 : 0);
  }

  private static void endWithParent() {
    Thread watch =
        new Thread(() -> {
          try {
            while (System.in.read() >= 0) {
              // Nothing is said on it; only its end matters.
            }
          } catch (IOException e) {
            // As good as its end.
          }
          Runtime.getRuntime().halt(4);
        });
    watch.setDaemon(true);
    watch.start();
  }

  void open(List<ProbePoint> points) {
    for (ProbePoint point : points) {
      HostProbe probe = point.create();
      try {
        probe.open();
        probes.add(new Open(point, probe));
      } catch (NotHere e) {
        out.println("skipped\t" + point + "\t" + e.reason());
      }
    }
  }

  /// Rounds over all probes until a moment of `System.nanoTime`. Warming up takes half of the time
  /// at the most, and [#LEAST] rounds are printed in any case.
  void measure(long end, long sliceNanoseconds, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    long half = begun + (end - begun) / 2;
    List<Open> order = new ArrayList<>(probes);
    for (int round = 0; round < WARM_UP && (round == 0 || System.nanoTime() < half); round++) {
      for (Open each : order) {
        slice(each, sliceNanoseconds, false);
      }
      letCompile();
    }
    out.printf(Locale.ROOT, "warm\t%d%n", (System.nanoTime() - begun) / 1_000_000);
    int rounds = 0;
    while (!order.isEmpty() && (rounds < LEAST || System.nanoTime() < end)) {
      Collections.shuffle(order, random);
      for (Open each : order) {
        if (rounds < LEAST || System.nanoTime() < end) {
          slice(each, sliceNanoseconds, true);
        }
      }
      rounds++;
    }
    out.println("end\t" + rounds);
  }

  /// Waits until the compiler has nothing to do: where there is but one CPU, it gets none as long
  /// as a probe spins.
  private static void letCompile() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    if (compiler == null || !compiler.isCompilationTimeMonitoringSupported()) {
      return;
    }
    try {
      long before = -1;
      int idle = 0;
      for (int look = 0; look < MOST_LOOKS && idle < IDLE_LOOKS; look++) {
        Thread.sleep(LOOK);
        long now = compiler.getTotalCompilationTime();
        idle = now == before ? idle + 1 : 0;
        before = now;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void slice(Open open, long nanoseconds, boolean print) {
    HostProbe probe = open.probe;
    int count = 0;
    try {
      probe.begin();
      long start = System.nanoTime();
      long now = start;
      while (count < MOST_SAMPLES && (now - start < nanoseconds || count < 3)) {
        probe.prepare();
        long before = System.nanoTime();
        sink += probe.operate();
        now = System.nanoTime();
        samples[count++] = now - before;
      }
      probe.end();
    } catch (NotHere e) {
      out.println("skipped\t" + open.point + "\t" + e.reason());
      return;
    }
    if (print) {
      Verdict verdict = probe.verdict();
      out.printf(
          Locale.ROOT,
          "slice\t%s\t%.4f\t%d\t%s\t%.4f\t%s%n",
          open.point,
          median(count) / probe.steps(),
          count,
          verdict.outcome().name(),
          verdict.perOperation().orElse(-1),
          verdict.reason());
    }
  }

  private double median(int count) {
    Arrays.sort(samples, 0, count);
    int middle = count / 2;
    return count % 2 == 1 ? samples[middle] : (samples[middle - 1] + samples[middle]) / 2;
  }
}
