package org.mapcost.results.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.mapcost.model.InputException;
import org.mapcost.model.simulation.OperationKind;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.units.Nanoseconds;
import org.mapcost.model.whatif.Key;
import org.mapcost.model.whatif.Setup;
import org.mapcost.model.whatif.SimulatedMeasure;
import org.mapcost.model.whatif.SimulatedSetup;
import org.mapcost.model.whatif.WorkloadKeys;
import org.mapcost.model.workload.Workload;
import picocli.CommandLine.Option;

/// The workload that `whatif` and `sensitivity` simulate in place of pricing one buffer.
final class SimulatedOptions extends WorkloadChoice {
  /// What means something to one buffer only.
  private static final List<String> OF_ONE_BUFFER =
      List.of(
          "--buffer",
          "--memory",
          "--at",
          "--mode",
          "--touch",
          "--pool",
          "--memtypes",
          "--counterfactual",
          "--draws");

  @Option(
      names = "--time-limit",
      paramLabel = "TIME",
      defaultValue = "1800s",
      description =
          "With --workload: how long the simulations may take, as the first ones tell; more is"
              + " refused (default: ${DEFAULT-VALUE}).")
  String timeLimit = "1800s";

  /// Refuses an option that means something to simulations only. Throws [InputException].
  void needsWorkload(String option) {
    if (workload == null && isGiven(option)) {
      throw new InputException(option + " is about simulations; give --workload NAME|FILE too.");
    }
  }

  /// Whether a workload is simulated. Throws [InputException] for options that then mean nothing.
  boolean asked() {
    if (workload == null) {
      List.of("--time-limit", "--duration").forEach(this::needsWorkload);
      return false;
    }
    for (String option : OF_ONE_BUFFER) {
      if (isGiven(option)) {
        throw new InputException(
            option
                + " is about one buffer whose cost has a closed form; leave it out with"
                + " --workload.");
      }
    }
    return true;
  }

  /// The setup with every `--set` in it; any key that can be varied can be set.
  SimulatedSetup setup(PlatformOptions platform, MachineOptions machine, SweepOptions sweep) {
    Workload asked = workload(String.valueOf(workload), platform.set);
    if (isGiven("--seed")) {
      asked = asked.withSeed(sweep.seed);
    }
    Map<String, String> others = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : Map.copyOf(platform.set).entrySet()) {
      String key = entry.getKey();
      if (!key.startsWith("kernel.") && !key.startsWith(MachineOptions.PREFIX)) {
        others.put(Key.named(key).name(), entry.getValue());
        platform.set.remove(key);
      }
    }
    Platform on = platform(asked, Optional.empty(), platform, machine, OptionalDouble.empty());
    SimulatedSetup setup = SimulatedSetup.of(on, asked);
    for (Map.Entry<String, String> entry : others.entrySet()) {
      Setup changed = Key.named(entry.getKey()).in(setup.setup(), entry.getValue());
      setup = new SimulatedSetup(changed, asked, setup.handOver());
    }
    return setup;
  }

  /// The strategies that are named, or the workload's own.
  String strategies(SweepOptions sweep, Workload asked) {
    return sweep.strategies.isBlank() ? asked.strategy().orElse("ttm-fault") : sweep.strategies;
  }

  /// What `--measure` says in the words of objectives; by default the 99th percentile.
  ///
  /// @param keys that vary: where one is the pool's, latencies are those of allocations
  SimulatedMeasure measure(SweepOptions sweep, List<String> keys) {
    boolean pool = keys.stream().anyMatch(key -> key.startsWith("pool."));
    return SimulatedMeasure.parse(
        isGiven("--measure") ? sweep.measure : "p99",
        pool ? OperationKind.ALLOCATE : OperationKind.FAULT);
  }

  double limitNanos() {
    return Nanoseconds.parse(timeLimit).value();
  }

  /// What can vary: without a workload the keys of one buffer and its platform, else those of the
  /// workload and its platform.
  List<Key> keys() {
    if (workload == null) {
      return Key.keys();
    }
    WorkloadKeys own = new WorkloadKeys(workload(workload, new LinkedHashMap<>()));
    return Stream.concat(
            own.keys().stream(),
            Key.keys().stream().filter(key -> !SimulatedSetup.isOfOneBuffer(key.name())))
        .toList();
  }
}
