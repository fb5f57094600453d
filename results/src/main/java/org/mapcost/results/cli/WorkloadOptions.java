package org.mapcost.results.cli;

import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.units.Nanoseconds;
import org.mapcost.model.workload.Workload;
import org.mapcost.model.workload.Workloads;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Which workload a command works with, and what of it an option replaces.
final class WorkloadOptions {
  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--workload",
      paramLabel = "FILE|NAME",
      description =
          "A workload file, or one that comes with mapcost: desktop-compositor, browser-many-tabs,"
              + " video-decode-ring, game-streaming-vms, compute-large-buffers, driver-start-up,"
              + " dax-fault-collapse, reference.")
  @Nullable String workload;

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

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "How long it is observed, such as 100ms. Default: the workload's.")
  @Nullable String duration;

  /// The workload with `--seed` and `--duration` in place of its own.
  Workload workload(String name) {
    Workload asked = Workloads.named(name);
    if (seed != null) {
      asked = asked.withSeed(seed);
    }
    if (duration != null) {
      double ns = Nanoseconds.parse(duration).value();
      if (!(ns > 0)) {
        throw new InputException("--duration is above zero, not " + duration + ".");
      }
      asked = asked.withDuration(ns);
    }
    return asked;
  }

  /// On what it runs: what options say, or else the workload.
  Platform platform(
      Workload asked, PlatformOptions platform, MachineOptions machine, OptionalDouble handOver) {
    if (!isGiven("--machine")) {
      asked.machine().ifPresent(name -> machine.machine = name);
    }
    if (!isGiven("--kernel")) {
      asked.kernel().ifPresent(name -> platform.kernel = name);
    }
    if (!isGiven("--iomem")) {
      asked.iomem().ifPresent(name -> platform.iomem = name);
    }
    return platform(asked.strategy(), platform, machine, handOver);
  }

  /// On what a trace runs: what options say.
  Platform platform(PlatformOptions platform, MachineOptions machine, OptionalDouble handOver) {
    return platform(Optional.empty(), platform, machine, handOver);
  }

  private Platform platform(
      Optional<String> usual,
      PlatformOptions platform,
      MachineOptions machine,
      OptionalDouble handOver) {
    Machine chosen = machine.machine(platform.set);
    Kernel kernel = platform.kernelBesides(MachineOptions.PREFIX);
    String how = strategy != null ? strategy : usual.orElse("ttm-fault");
    return new Platform(
        chosen,
        kernel,
        platform.tree(Mapcost.warnings(command)).tree(),
        Strategies.named(how),
        Conditions.USUAL,
        handOver);
  }

  private boolean isGiven(String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }
}
