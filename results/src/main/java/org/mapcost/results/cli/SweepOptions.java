package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.whatif.Counterfactual;
import org.mapcost.model.whatif.Key;
import org.mapcost.model.whatif.Measure;
import org.mapcost.model.whatif.Range;
import org.mapcost.model.whatif.Setup;
import org.mapcost.model.whatif.WorkloadKeys;
import picocli.CommandLine.Option;

/// What is varied around which scenario, and who is asked: for `whatif` and `sensitivity`.
final class SweepOptions {
  @Option(
      names = "--strategies",
      paramLabel = "NAMES",
      description =
          "Who is asked, such as ttm-fault,io-mapping. Default: all; of a workload: its own.")
  String strategies = "";

  @Option(
      names = "--measure",
      paramLabel = "BILL",
      defaultValue = "first",
      description =
          "first or later (what the caller waits for a buffer), load, stolen or stolen-later (what"
              + " other CPUs lose; default: ${DEFAULT-VALUE}). Of a workload: p99, fault.p99.9,"
              + " mean, max, buffer, throughput or stolen (default: p99).")
  String measure = "first";

  @Option(
      names = "--counterfactual",
      paramLabel = "WHAT",
      description =
          "Prices one mechanism at nothing: free-tlb, free-walk, free-cache or free-locks."
              + " Repeatable.")
  List<String> counterfactual = new ArrayList<>();

  @Option(
      names = "--draws",
      paramLabel = "N",
      defaultValue = "400",
      description =
          "Possible worlds that intervals of crossovers come from (default: ${DEFAULT-VALUE}).")
  int draws = 400;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "From which they follow (default: ${DEFAULT-VALUE}; of a workload: its own).")
  long seed = 1;

  /// A setup and where its tree comes from.
  record Asked(Setup setup, PlatformTree tree) {}

  /// The scenario with every `--set` in it; any key that can be varied can be set.
  Asked asked(
      PlatformOptions platform,
      MachineOptions machine,
      ScenarioOptions scenario,
      PrintWriter warnings) {
    if (draws < 20 || draws > 100_000) {
      throw new InputException("--draws is 20 to 100000, not " + draws + ".");
    }
    Map<String, String> others = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : Map.copyOf(platform.set).entrySet()) {
      String key = entry.getKey();
      if (!key.startsWith("kernel.") && !key.startsWith(MachineOptions.PREFIX)) {
        others.put(Key.named(key).name(), entry.getValue());
        platform.set.remove(key);
      }
    }
    Machine on = machine.machine(platform.set);
    PlatformTree tree = scenario.tree(platform, warnings);
    Setup setup =
        scenario.setup(tree.tree(), platform.kernelBesides(MachineOptions.PREFIX), on, warnings);
    for (Map.Entry<String, String> entry : others.entrySet()) {
      setup = Key.named(entry.getKey()).in(setup, entry.getValue());
    }
    return new Asked(setup, tree);
  }

  /// Who is asked, in the order of the listings.
  List<Strategy> strategies() {
    if (strategies.isBlank()) {
      return Strategies.all();
    }
    return Arrays.stream(strategies.split(",", -1))
        .map(String::strip)
        .map(Strategies::named)
        .distinct()
        .toList();
  }

  /// What `--vary` says: `KEY=RANGE`.
  static Range range(String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || equals == text.length() - 1) {
      throw new InputException(
          "'%s' is no --vary: write KEY=RANGE, such as buffer=4KiB..64MiB:x2.".formatted(text));
    }
    String key = text.substring(0, equals);
    if (WorkloadKeys.looksLikeOne(key)) {
      throw new InputException(
          key + " is a key of a workload; give --workload NAME|FILE too, to simulate it.");
    }
    return Range.parse(Key.named(key), text.substring(equals + 1));
  }

  Measure measure() {
    return Measure.ofKey(measure);
  }

  /// What is priced at nothing.
  Set<Counterfactual> free() {
    Set<Counterfactual> free = EnumSet.noneOf(Counterfactual.class);
    for (String key : counterfactual) {
      free.add(
          Arrays.stream(Counterfactual.values())
              .filter(each -> each.key().equals(key))
              .findFirst()
              .orElseThrow(() ->
                  Nearest.unknown(
                      "counterfactual",
                      key,
                      Arrays.stream(Counterfactual.values()).map(Counterfactual::key).toList())));
    }
    return free;
  }
}
