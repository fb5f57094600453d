package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Lists the kernels and how each of their behaviours is known.
@Command(
    name = "kernels",
    description = "Lists the kernels mapcost knows, what each does, and how that is known.",
    mixinStandardHelpOptions = true)
final class KernelsCommand implements Runnable {
  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (format.format == OutputFormat.JSON) {
      List<Object> kernels = new ArrayList<>();
      Kernels.all().forEach(kernel -> kernels.add(json(kernel)));
      out.println(Json.line(Json.object("schema", "mapcost/kernels/1", "kernels", kernels)));
      return;
    }
    Table table = new Table("kernel", "behaviour", "value", "evidence", "source");
    for (Kernel kernel : Kernels.all()) {
      kernel
          .settings()
          .forEach((behaviour, setting) ->
              table.row(
                  kernel.name(),
                  behaviour.key(),
                  setting.value(),
                  setting.evidence().key(),
                  setting.source()));
    }
    table.print(format.format, out);
    if (format.format == OutputFormat.TABLE) {
      out.println();
      Kernels.all()
          .forEach(
              kernel -> out.println(kernel.name() + " stands for " + kernel.standsFor() + "."));
    }
  }

  private static Map<String, Object> json(Kernel kernel) {
    Map<String, Object> behaviours = new LinkedHashMap<>();
    kernel
        .settings()
        .forEach((behaviour, setting) ->
            behaviours.put(
                behaviour.key(),
                Json.object(
                    "value", setting.value(),
                    "evidence", setting.evidence().key(),
                    "source", setting.source())));
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("kernel", kernel.name());
    object.put("stands_for", kernel.standsFor());
    object.put("behaviours", behaviours);
    return object;
  }
}
