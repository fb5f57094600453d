package org.mapcost.model.whatif;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mapcost.model.InputException;
import org.mapcost.model.iomem.Landmark;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.strategy.TouchOrder;
import org.mapcost.model.units.PhysicalAddress;
import org.mapcost.model.workload.Workload;

/// Everything a sweep of simulations can vary: a platform and a workload before they are put
/// together. Immutable.
///
/// @param setup the machine, kernel, tree and conditions; its buffer stands for where the tree
///   grows, and means nothing else
/// @param workload what is asked of it
/// @param handOver nanoseconds to hand a spinlock over, in place of the machine's own
public record SimulatedSetup(Setup setup, Workload workload, OptionalDouble handOver) {
  /// Keys of one buffer, of which a workload has many.
  private static final List<String> OF_ONE_BUFFER =
      List.of("buffer", "touch", "mode", "memory", "at", "pool");

  /// Whether a key is about one buffer and means nothing to a workload.
  public static boolean isOfOneBuffer(String key) {
    return OF_ONE_BUFFER.contains(key);
  }

  /// What a workload runs on, whatever the strategy.
  public static SimulatedSetup of(Platform platform, Workload workload) {
    boolean vram = workload.clients().stream().anyMatch(each -> each.memory() == Memory.VRAM);
    Optional<PhysicalAddress> bar =
        Landmark.largestBar(platform.tree()).map(each -> new PhysicalAddress(each.start()));
    Setup setup =
        new Setup(
            platform.machine(),
            platform.kernel(),
            platform.tree(),
            Growth.NONE,
            List.of(),
            vram ? Memory.VRAM : Memory.RAM,
            vram ? bar : Optional.empty(),
            1,
            CacheMode.WC,
            TouchOrder.SEQUENTIAL,
            Optional.empty(),
            platform.conditions());
    return new SimulatedSetup(setup, workload, platform.handOver());
  }

  /// A key of it with its values: one of the workload's, or one of the platform's.
  public record Axis(Range range, boolean ofWorkload) {
    /// Reads `KEY=RANGE`. Throws [InputException] for a key that means nothing to simulations.
    public static Axis parse(String text, Workload workload) {
      int equals = text.indexOf('=');
      if (equals < 1 || equals == text.length() - 1) {
        throw new InputException(
            "'%s' is no --vary: write KEY=RANGE, such as clients=4..64:x2.".formatted(text));
      }
      String name = text.substring(0, equals);
      String values = text.substring(equals + 1);
      if (WorkloadKeys.looksLikeOne(name)) {
        return new Axis(Range.parse(new WorkloadKeys(workload).named(name).key(), values), true);
      }
      if (isOfOneBuffer(name)) {
        throw new InputException(
            "%s is a key of one buffer; of a workload vary %s."
                .formatted(
                    name,
                    name.equals("pool")
                        ? "pool.kind or pool.limit"
                        : "clients.%s.%s"
                            .formatted(
                                workload.clients().getFirst().name(),
                                name.equals("buffer") || name.equals("at") ? "size" : name)));
      }
      return new Axis(Range.parse(Key.named(name), values), false);
    }

    /// A setup with the key at a value, as the command line takes it.
    public SimulatedSetup in(SimulatedSetup setup, String value) {
      return ofWorkload
          ? new SimulatedSetup(
              setup.setup,
              new WorkloadKeys(setup.workload)
                  .named(range.key().name())
                  .change()
                  .apply(setup.workload, value),
              setup.handOver)
          : new SimulatedSetup(range.key().in(setup.setup, value), setup.workload, setup.handOver);
    }

    /// The value it has in a setup.
    public String today(SimulatedSetup setup) {
      return ofWorkload
          ? new WorkloadKeys(setup.workload).named(range.key().name()).today().apply(setup.workload)
          : range.key().today().apply(setup.setup);
    }
  }

  /// With a strategy it can be simulated. Throws [InputException] where the tree cannot be grown.
  public Platform platform(Strategy strategy) {
    ResourceTree tree =
        setup.growth().equals(Growth.NONE)
            ? setup.tree()
            : setup.growth().of(setup.tree(), setup.address());
    return new Platform(
        setup.machine(), setup.kernel(), tree, strategy, setup.conditions(), handOver);
  }
}
