package org.mapcost.results.cli;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.workload.Workload;
import picocli.CommandLine.Option;

/// Which workload a command works with under one strategy, and what of it an option replaces.
final class WorkloadOptions extends WorkloadChoice {
  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = "How buffers are mapped. Default: the workload's, or ttm-fault.")
  @Nullable String strategy;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "From which everything random follows. Default: the workload's.")
  @Nullable Long seed;

  /// The workload with `--seed`, `--duration` and what `--set` says of it in place of its own.
  @Override
  Workload workload(String name, Map<String, String> set) {
    Workload asked = super.workload(name, set);
    return seed == null ? asked : asked.withSeed(seed);
  }

  /// On what it runs: what options say, or else the workload.
  Platform platform(
      Workload asked, PlatformOptions platform, MachineOptions machine, OptionalDouble handOver) {
    return platform(asked, Optional.ofNullable(strategy), platform, machine, handOver);
  }

  /// On what a trace runs: what options say.
  Platform platform(PlatformOptions platform, MachineOptions machine, OptionalDouble handOver) {
    return platform(Optional.ofNullable(strategy), platform, machine, handOver);
  }
}
