package org.mapcost.model.workload;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mapcost.model.InputException;
import org.mapcost.model.pool.PoolKind;

/// What is asked of a machine over time.
///
/// @param name `desktop-compositor`
/// @param about in words
/// @param machine the machine it is meant for; absent where the user must say
/// @param kernel the kernel, likewise
/// @param iomem the resource tree, as `--iomem` takes it
/// @param strategy the strategy, likewise
/// @param duration how long it is observed after the warm-up, in nanoseconds
/// @param warmup how long it runs before it is observed, in nanoseconds
/// @param precision at which relative half-width of a 95 % interval of the mean latency it may stop
///   earlier, above 0; absent: never
/// @param seed from which everything random follows
/// @param otherCpusBusy whether CPUs that no client may use run other work, rather than idle
/// @param pool how the page pool is set
/// @param shrinker when memory is short
/// @param clients at least one kind
public record Workload(
    String name,
    String about,
    Optional<String> machine,
    Optional<String> kernel,
    Optional<String> iomem,
    Optional<String> strategy,
    double duration,
    double warmup,
    OptionalDouble precision,
    long seed,
    boolean otherCpusBusy,
    Pool pool,
    Optional<Shrinker> shrinker,
    List<Clients> clients) {
  public Workload {
    clients = List.copyOf(clients);
    if (clients.isEmpty()) {
      throw new InputException("workload '" + name + "' has no clients; add one under 'clients'.");
    }
    if (!(duration > 0 && duration < Double.POSITIVE_INFINITY) || !(warmup >= 0)) {
      throw new IllegalArgumentException("a workload lasts some time");
    }
  }

  /// The page pool.
  ///
  /// @param kind which; absent: the kernel's own
  /// @param limit the most pages it keeps, as the module parameter sets it; 0: its default
  public record Pool(Optional<PoolKind> kind, long limit) {}

  /// Memory is short, again and again: the kernel asks the pool to let go.
  ///
  /// @param every nanoseconds from one time to the next
  /// @param pages how many it asks for
  public record Shrinker(double every, long pages) {}

  /// The same with another seed.
  public Workload withSeed(long other) {
    return new Workload(
        name,
        about,
        machine,
        kernel,
        iomem,
        strategy,
        duration,
        warmup,
        precision,
        other,
        otherCpusBusy,
        pool,
        shrinker,
        clients);
  }

  /// The same with another pool.
  public Workload with(Pool other) {
    return new Workload(
        name,
        about,
        machine,
        kernel,
        iomem,
        strategy,
        duration,
        warmup,
        precision,
        seed,
        otherCpusBusy,
        other,
        shrinker,
        clients);
  }

  /// The same with another shrinker.
  public Workload with(Shrinker other) {
    return new Workload(
        name,
        about,
        machine,
        kernel,
        iomem,
        strategy,
        duration,
        warmup,
        precision,
        seed,
        otherCpusBusy,
        pool,
        Optional.of(other),
        clients);
  }

  /// The same where CPUs that no client may use are busy, or idle.
  public Workload withOtherCpusBusy(boolean other) {
    return new Workload(
        name, about, machine, kernel, iomem, strategy, duration, warmup, precision, seed, other,
        pool, shrinker, clients);
  }

  /// The same with other clients.
  public Workload with(List<Clients> others) {
    return new Workload(
        name,
        about,
        machine,
        kernel,
        iomem,
        strategy,
        duration,
        warmup,
        precision,
        seed,
        otherCpusBusy,
        pool,
        shrinker,
        others);
  }

  /// The same, observed for another time.
  ///
  /// @param length in nanoseconds
  public Workload withDuration(double length) {
    return new Workload(
        name,
        about,
        machine,
        kernel,
        iomem,
        strategy,
        length,
        warmup,
        precision,
        seed,
        otherCpusBusy,
        pool,
        shrinker,
        clients);
  }
}
