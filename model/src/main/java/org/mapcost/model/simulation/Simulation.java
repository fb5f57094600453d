package org.mapcost.model.simulation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.workload.Workload;
import org.mapcost.model.workload.trace.TraceAccount;
import org.mapcost.model.workload.trace.TraceEvent.Reason;
import org.mapcost.model.workload.trace.TraceReader;

/// Runs workloads. The same workload, seed and platform give the same result, on however many
/// threads.
public final class Simulation {
  private Simulation() {}

  /// One run.
  public static SimulationResult run(Platform platform, Workload workload, PriceEnd end) {
    return new Run(platform, workload, prices(platform), end, request -> {}).result();
  }

  /// One run at the best values of other prices than the machine's own: in one possible world.
  ///
  /// @param prices of a machine with the same CPUs as the platform's
  public static SimulationResult run(Platform platform, Workload workload, MachinePrices prices) {
    return new Run(platform, workload, prices, PriceEnd.BEST, request -> {}).result();
  }

  private static MachinePrices prices(Platform platform) {
    return MachinePrices.of(platform.machine(), platform.kernel().name());
  }

  /// What the clients of a workload ask of the page pool, in the order of time: from one run at the
  /// best prices. Empty where none uses RAM.
  public static List<PoolRequest> poolRequests(Platform platform, Workload workload) {
    List<PoolRequest> requests = new ArrayList<>();
    new Run(platform, workload, prices(platform), PriceEnd.BEST, requests::add).result();
    return requests;
  }

  /// Several runs that differ in their seeds, for every end of the prices asked for; by end, then
  /// in the order of the seeds. The first seed is the workload's own, the others follow from it.
  ///
  /// @param threads how many runs go on at the same time
  public static List<List<SimulationResult>> run(
      Platform platform, Workload workload, List<PriceEnd> ends, int replications, int threads) {
    List<Workload> seeded = seeded(workload, replications);
    List<Callable<SimulationResult>> runs = new ArrayList<>();
    for (PriceEnd end : ends) {
      for (Workload each : seeded) {
        runs.add(() -> run(platform, each, end));
      }
    }
    List<SimulationResult> results = all(runs, threads);
    List<List<SimulationResult>> byEnd = new ArrayList<>();
    for (int i = 0; i < ends.size(); i++) {
      byEnd.add(List.copyOf(results.subList(i * replications, (i + 1) * replications)));
    }
    return byEnd;
  }

  /// A workload with different seeds. The first is its own, the others follow from it.
  public static List<Workload> seeded(Workload workload, int replications) {
    SplittableGenerator seeds =
        RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom").create(workload.seed());
    List<Workload> seeded = new ArrayList<>();
    for (int i = 0; i < replications; i++) {
      seeded.add(i == 0 ? workload : workload.withSeed(seeds.nextLong()));
    }
    return seeded;
  }

  /// A trace replayed as it was recorded, once for every end of the prices asked for.
  ///
  /// @param trace the file; read once for each end, and not kept
  /// @param account of the same file
  /// @param called how many CPUs a flush interrupts that was sent to others; absent:
  ///   [#called(TraceAccount)]
  /// @param threads how many replays go on at the same time
  /// @throws org.mapcost.model.InputException where the machine has fewer CPUs than the trace, and
  ///   where the strategy does not serve its buffers
  public static List<SimulationResult> replay(
      Platform platform,
      Path trace,
      TraceAccount account,
      OptionalInt called,
      List<PriceEnd> ends,
      int threads) {
    List<Callable<SimulationResult>> runs = new ArrayList<>();
    for (PriceEnd end : ends) {
      runs.add(() -> {
        try (TraceReader reader = TraceReader.open(trace)) {
          return new TraceRun(platform, end, reader, account, called.orElse(called(account)))
              .result();
        }
      });
    }
    return all(runs, threads);
  }

  /// How many CPUs a flush that was sent to others interrupted, as far as a trace tells: what they
  /// recorded of it for each one sent, rounded up; else all the other CPUs of the trace.
  public static int called(TraceAccount account) {
    long sent = account.count(Reason.REMOTE_SEND_IPI);
    long received = account.count(Reason.REMOTE_SHOOTDOWN);
    int others = Math.max(1, account.highestCpu());
    return sent == 0 || received == 0
        ? others
        : (int) Math.min(others, (received + sent - 1) / sent);
  }

  /// What calls return, in their order, of which so many go on at the same time. The first to fail
  /// is thrown.
  public static <T> List<T> all(List<Callable<T>> runs, int threads) {
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<T> results = new ArrayList<>();
      for (Future<T> each : workers.invokeAll(runs)) {
        results.add(each.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while simulating", e);
    }
  }
}
