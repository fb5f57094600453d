package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.Map;
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
import org.mapcost.model.whatif.WorkloadKeys;
import org.mapcost.model.workload.Workload;
import org.mapcost.model.workload.Workloads;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Which workload a command simulates, and on what it runs.
class WorkloadChoice {
  /// Pages of a buffer that a device should have room for: 64 MiB.
  private static final long USUAL_BUFFER = 1 << 14;

  private static final String USUAL_STRATEGY = "ttm-fault";

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
      names = "--duration",
      paramLabel = "TIME",
      description = "How long it is observed, such as 100ms. Default: the workload's.")
  @Nullable String duration;

  /// The workload with `--duration`, and every key of a workload that `--set` names, in place of
  /// its own; those keys are removed.
  Workload workload(String name, Map<String, String> set) {
    Workload asked = WorkloadKeys.set(Workloads.named(name), set);
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
  ///
  /// @param strategy what an option says; empty for the workload's
  Platform platform(
      Workload asked,
      Optional<String> strategy,
      PlatformOptions platform,
      MachineOptions machine,
      OptionalDouble handOver) {
    if (!isGiven("--machine")) {
      asked.machine().ifPresent(name -> machine.machine = name);
    }
    if (!isGiven("--kernel")) {
      asked.kernel().ifPresent(name -> platform.kernel = name);
    }
    if (!isGiven("--iomem")) {
      asked.iomem().ifPresent(name -> platform.iomem = name);
    }
    return platform(Optional.of(asked), strategy.or(asked::strategy), platform, machine, handOver);
  }

  /// On what a trace runs: what options say.
  Platform platform(
      Optional<String> strategy,
      PlatformOptions platform,
      MachineOptions machine,
      OptionalDouble handOver) {
    return platform(Optional.empty(), strategy, platform, machine, handOver);
  }

  private Platform platform(
      Optional<Workload> asked,
      Optional<String> strategy,
      PlatformOptions platform,
      MachineOptions machine,
      OptionalDouble handOver) {
    Machine chosen = machine.machine(platform.set);
    Kernel kernel = platform.kernelBesides(MachineOptions.PREFIX);
    return new Platform(
        chosen,
        kernel,
        tree(asked, platform, Mapcost.warnings(command)),
        Strategies.named(strategy.orElse(USUAL_STRATEGY)),
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

  /// Whether an option of this command was typed.
  boolean isGiven(String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }
}
