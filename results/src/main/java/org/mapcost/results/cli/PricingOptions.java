package org.mapcost.results.cli;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Estimate;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.tlb.Cpus;
import picocli.CommandLine.Option;

/// The machine that a command of counts prices them for, if any, and the CPUs that flushes reach.
final class PricingOptions {
  @Option(
      names = "--machine",
      paramLabel = "NAME",
      description =
          "Prices the counts, too: for a machine that comes with mapcost (see 'mapcost machines')"
              + " or a machine file. Default: counts alone.")
  @Nullable String machine;

  @Option(
      names = "--cpus",
      paramLabel = "N",
      description =
          "Online CPUs, the caller's included, all running. Default: those of --machine, or 1.")
  @Nullable Integer cpus;

  /// The machine with `--cpus` CPUs and every `machine.` key of `set` replaced; empty without one.
  Optional<Machine> machine(Map<String, String> set) {
    if (cpus != null && cpus < 1) {
      throw new InputException("--cpus is at least 1, not " + cpus + ".");
    }
    if (machine == null) {
      set.keySet().stream()
          .filter(key -> key.startsWith(MachineOptions.PREFIX))
          .findFirst()
          .ifPresent(key -> {
            throw new InputException(key + " belongs to a machine; give --machine NAME too.");
          });
      return Optional.empty();
    }
    MachineOptions options = new MachineOptions();
    options.machine = machine;
    Machine chosen = options.machine(set);
    return Optional.of(cpus == null ? chosen : chosen.with("cpus", String.valueOf(cpus)));
  }

  /// The CPUs that a flush reaches.
  Cpus cpus(Optional<Machine> on) {
    return on.map(chosen -> new Cpus(chosen.cpus(), 0, chosen.has(Parameter.INVLPGB)))
        .orElseGet(() -> Cpus.running(cpus == null ? 1 : cpus));
  }

  /// `2 CPUs`, or `96 CPUs of skylake-sp-2s`.
  String describe(Optional<Machine> on) {
    int online = cpus(on).online();
    return online
        + (online == 1 ? " CPU" : " CPUs")
        + on.map(chosen -> " of " + chosen.name()).orElse("");
  }

  /// What a ledger costs on a machine; empty without one.
  static Optional<Estimate> price(Optional<Machine> on, Kernel kernel, Ledger ledger) {
    return on.map(
        chosen -> MachinePrices.of(chosen, kernel.name()).price(ledger, Conditions.USUAL));
  }
}
