package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.strategy.Traits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Lists the strategies and what their mappings permit.
@Command(
    name = "strategies",
    description = "Lists the mapping strategies, and what each mapping is and permits.",
    mixinStandardHelpOptions = true)
final class StrategiesCommand implements Runnable {
  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Option(
      names = "--kernel",
      paramLabel = "VERSION",
      defaultValue = "6.1",
      description = "The kernel to follow (default: ${DEFAULT-VALUE}).")
  String kernel = "6.1";

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    Kernel chosen = Kernels.named(kernel);
    PlatformTree.print(chosen.warnings(), Mapcost.warnings(spec));
    if (format.format == OutputFormat.JSON) {
      List<Object> all = new ArrayList<>();
      for (Strategy strategy : Strategies.all()) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("strategy", strategy.name());
        object.put("description", strategy.description());
        object.put("kernels", strategy.availability().inWords());
        object.put("proposal", strategy.availability().proposal());
        strategy.missingFrom(chosen).ifPresent(reason -> object.put("missing", reason));
        object.put("traits", json(strategy.traits(chosen)));
        all.add(object);
      }
      out.println(
          Json.line(
              Json.object(
                  "schema", "mapcost/strategies/1", "kernel", chosen.label(), "strategies", all)));
      return;
    }
    Table table =
        new Table(
            "strategy",
            "what it does",
            "kernels",
            "memory",
            "entry",
            "gup fast",
            "get_user_pages",
            "private writable");
    for (Strategy strategy : Strategies.all()) {
      Traits traits = strategy.traits(chosen);
      table.row(
          strategy.name(),
          strategy.description(),
          strategy.missingFrom(chosen).isPresent()
              ? strategy.availability().inWords() + " (not this one)"
              : strategy.availability().inWords(),
          traits.memory().stream().map(Memory::key).sorted().collect(Collectors.joining(" ")),
          traits.pte().name().toLowerCase(Locale.ROOT),
          traits.getUserPagesFast(),
          traits.getUserPages(),
          traits.copyOnWrite());
    }
    table.print(format.format, out);
  }

  /// The traits as JSON, for every command that shows them.
  static Map<String, Object> json(Traits traits) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("memory", traits.memory().stream().map(Memory::key).sorted().toList());
    object.put(
        "vma_flags", traits.vmaFlags().stream().map(flag -> "VM_" + flag.name()).sorted().toList());
    object.put("pte", traits.pte().name().toLowerCase(Locale.ROOT));
    object.put("get_user_pages_fast", traits.getUserPagesFast());
    object.put("get_user_pages", traits.getUserPages());
    object.put("copy_on_write", traits.copyOnWrite());
    return object;
  }
}
