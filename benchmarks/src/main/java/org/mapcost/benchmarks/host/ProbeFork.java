package org.mapcost.benchmarks.host;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
/// * Code is slow until it is compiled: every probe first runs for [#WARM_UP_NS], and the slices of
///   the first [#WARM_UP] rounds are not printed.
/// * Other programs take the CPUs, also from the compiler: where the kernel permits it, all threads
///   of this process go before them (nice -19); and every slice has a verdict of its witness.
/// * The program that started this one is killed: the end of standard input ends this one.
public final class ProbeFork {
  /// Rounds that warm up.
  public static final int WARM_UP = 2;

  /// How long each probe runs before the first round.
  public static final long WARM_UP_NS = 25_000_000;

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

  /// Rounds over all probes until a moment of `System.nanoTime`; at least one that is printed.
  void measure(long end, long sliceNanoseconds, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<Open> order = new ArrayList<>(probes);
    order.forEach(each -> slice(each, WARM_UP_NS, false));
    out.printf(Locale.ROOT, "warm\t%d%n", (System.nanoTime() - begun) / 1_000_000);
    int rounds = 0;
    while (!order.isEmpty() && (System.nanoTime() < end || rounds <= WARM_UP)) {
      Collections.shuffle(order, random);
      for (Open each : order) {
        boolean warm = rounds >= WARM_UP;
        if (warm && rounds > WARM_UP && System.nanoTime() >= end) {
          break;
        }
        slice(each, sliceNanoseconds, warm);
      }
      rounds++;
    }
    out.println("end\t" + rounds);
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
