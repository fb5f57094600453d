package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.units.Nanoseconds;
import org.mapcost.model.workload.Workload;
import org.mapcost.model.workload.Workloads;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Which workload a command works with, and what of it an option replaces.
final class WorkloadOptions {
  /// Pages of a buffer that a device should have room for: 64 MiB.
  private static final long USUAL_BUFFER = 1 << 14;

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
    return platform(Optional.of(asked), platform, machine, handOver);
  }

  /// On what a trace runs: what options say.
  Platform platform(PlatformOptions platform, MachineOptions machine, OptionalDouble handOver) {
    return platform(Optional.empty(), platform, machine, handOver);
  }

  private Platform platform(
      Optional<Workload> asked,
      PlatformOptions platform,
      MachineOptions machine,
      OptionalDouble handOver) {
    Machine chosen = machine.machine(platform.set);
    Kernel kernel = platform.kernelBesides(MachineOptions.PREFIX);
    String how =
        strategy != null ? strategy : asked.flatMap(Workload::strategy).orElse("ttm-fault");
    return new Platform(
        chosen,
        kernel,
        tree(asked, platform, Mapcost.warnings(command)),
        Strategies.named(how),
        Conditions.USUAL,
        handOver);
  }

  /// The tree that options name; for a workload with buffers of VRAM one with a BAR that holds the
  /// usual ones, if this host has none.
  static ResourceTree tree(
      Optional<Workload> asked, PlatformOptions platform, PrintWriter warnings) {
    PlatformTree tree = platform.tree(warnings);
    boolean vram =
        asked.stream()
            .flatMap(workload -> workload.clients().stream())
            .anyMatch(clients -> clients.memory() == Memory.VRAM);
    return (vram ? tree.holding(USUAL_BUFFER, warnings) : tree).tree();
  }

  private boolean isGiven(String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }
}
