package org.mapcost.results.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.kernel.Behaviour;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Which kernel a command works with.
class KernelOptions {
  private static final String KERNEL = "kernel.";

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--kernel",
      paramLabel = "VERSION",
      defaultValue = "6.1",
      description = "The kernel to follow; see 'mapcost kernels' (default: ${DEFAULT-VALUE}).")
  String kernel = "6.1";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replaces one behaviour, such as kernel.resource_walk=w2. Repeatable.")
  Map<String, String> set = new LinkedHashMap<>();

  /// The kernel with every `--set kernel.` applied; any other key is refused. What is only assumed
  /// about it is a warning.
  Kernel kernel() {
    return kernelBesides(KERNEL);
  }

  /// The same, where keys with another prefix are somebody else's.
  Kernel kernelBesides(String othersPrefix) {
    Kernel chosen = Kernels.named(kernel);
    for (Map.Entry<String, String> entry : set.entrySet()) {
      if (entry.getKey().startsWith(othersPrefix) && !othersPrefix.equals(KERNEL)) {
        continue;
      }
      if (!entry.getKey().startsWith(KERNEL)) {
        throw Nearest.unknown(
            "key",
            entry.getKey(),
            java.util.Arrays.stream(Behaviour.values()).map(b -> KERNEL + b.key()).toList());
      }
      if (entry.getValue() == null || entry.getValue().isBlank()) {
        throw new InputException(entry.getKey() + " needs a value: --set KEY=VALUE.");
      }
      String key = entry.getKey().substring(KERNEL.length());
      chosen = chosen.with(Behaviour.ofKey(key), entry.getValue());
    }
    PlatformTree.print(chosen.warnings(), Mapcost.warnings(command));
    return chosen;
  }
}
