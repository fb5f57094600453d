package org.mapcost.results.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.Parameter;
import picocli.CommandLine.Option;

/// Which machine a command works with.
final class MachineOptions {
  static final String PREFIX = "machine.";

  @Option(
      names = "--machine",
      paramLabel = "NAME",
      defaultValue = "skylake-sp-2s",
      description =
          "A machine that comes with mapcost (see 'mapcost machines'), or the path of a machine"
              + " file (default: ${DEFAULT-VALUE}).")
  String machine = "skylake-sp-2s";

  /// The machine with every `machine.` key of `set` replaced; other keys are left to others.
  Machine machine(Map<String, String> set) {
    Machine chosen = Machines.named(machine);
    for (Map.Entry<String, String> entry : set.entrySet()) {
      if (entry.getKey().startsWith(PREFIX)) {
        chosen = chosen.with(entry.getKey().substring(PREFIX.length()), value(entry));
      }
    }
    return chosen;
  }

  /// Refuses every key that is not the machine's.
  static void refuseOthers(Map<String, String> set) {
    for (String key : others(set).keySet()) {
      List<String> known =
          Arrays.stream(Parameter.values()).map(each -> PREFIX + each.key()).toList();
      throw known.contains(PREFIX + key)
          ? new InputException("unknown key '" + key + "'; did you mean '" + PREFIX + key + "'?")
          : Nearest.unknown("key", key, known);
    }
  }

  /// The entries whose key is not the machine's.
  static Map<String, String> others(Map<String, String> set) {
    Map<String, String> others = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : set.entrySet()) {
      if (!entry.getKey().startsWith(PREFIX)) {
        others.put(entry.getKey(), value(entry));
      }
    }
    return others;
  }

  private static String value(Map.Entry<String, String> entry) {
    if (entry.getValue() == null || entry.getValue().isBlank()) {
      throw new InputException(entry.getKey() + " needs a value: --set KEY=VALUE.");
    }
    return entry.getValue();
  }
}
