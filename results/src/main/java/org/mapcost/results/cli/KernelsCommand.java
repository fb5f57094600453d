package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.kernel.Behaviour;
import org.mapcost.model.kernel.Instructions;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.kernel.Operation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Lists the kernels and what they do; of one kernel, how each of its behaviours is known.
@Command(
    name = "kernels",
    description =
        "Lists the kernels mapcost knows and in what they differ. With VERSION, everything about"
            + " one: each behaviour with its evidence and source, and how many instructions its"
            + " operations take.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  mapcost kernels",
      "  mapcost kernels 6.12.43",
      "  mapcost walk --kernel 6.1 --set kernel.resource_walk=w2",
      "",
      "6.1, 6.6, 6.12 and 6.17 are the newest point releases known, 6.1.0 and so on the first."
    })
final class KernelsCommand implements Runnable {
  @Parameters(
      arity = "0..1",
      paramLabel = "VERSION",
      description = "A kernel or point release, such as 6.1 or 6.12.43 (default: all kernels).")
  @Nullable String version;

  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    List<Kernel> kernels = version == null ? Kernels.all() : List.of(Kernels.named(version));
    kernels.forEach(each -> PlatformTree.print(each.warnings(), Mapcost.warnings(spec)));
    if (format.format == OutputFormat.JSON) {
      List<Object> objects = new ArrayList<>();
      kernels.forEach(kernel -> objects.add(json(kernel)));
      out.println(Json.line(Json.object("schema", "mapcost/kernels/1", "kernels", objects)));
      return;
    }
    Table table = version == null ? differences(kernels) : everything(kernels.getFirst());
    table.print(format.format, out);
    if (format.format == OutputFormat.TABLE) {
      out.println();
      for (Kernel kernel : kernels) {
        out.println(kernel.name() + " stands for " + kernel.standsFor() + ".");
      }
      if (version == null) {
        out.println("For sources, evidence and instruction counts: mapcost kernels VERSION.");
      }
    }
  }

  /// A row for each value of each behaviour, with the kernels that have it.
  private static Table differences(List<Kernel> kernels) {
    Table table = new Table("behaviour", "value", "kernels", "meaning");
    for (Behaviour behaviour : Behaviour.values()) {
      Map<String, List<String>> byValue = new LinkedHashMap<>();
      for (Kernel kernel : kernels) {
        byValue
            .computeIfAbsent(kernel.setting(behaviour).value(), _ -> new ArrayList<>())
            .add(kernel.name());
      }
      byValue.forEach((value, names) ->
          table.row(behaviour.key(), value, String.join(" ", names), behaviour.description()));
    }
    return table;
  }

  private static Table everything(Kernel kernel) {
    Table table = new Table("what", "name", "value", "evidence", "source");
    kernel
        .settings()
        .forEach((behaviour, setting) ->
            table.row(
                "behaviour",
                behaviour.key(),
                setting.value(),
                setting.evidence().key(),
                setting.source()));
    Instructions instructions = kernel.instructions();
    for (Operation operation : Operation.values()) {
      Instructions.Count count = instructions.count(operation);
      table.row(
          "instructions",
          operation.key(),
          text(count.interval()),
          instructions.evidence(operation),
          count.source());
    }
    for (Instructions.Fit fit : instructions.fits()) {
      table.row(
          "recorded call",
          fit.name(),
          text(fit),
          instructions.evidence(),
          "kernel " + instructions.recordedIn() + ": fitted to recorded instructions");
    }
    return table;
  }

  private static String text(Interval interval) {
    return "[%s %s %s]"
        .formatted(
            Json.rounded(interval.low()).toPlainString(),
            Json.rounded(interval.best()).toPlainString(),
            Json.rounded(interval.high()).toPlainString());
  }

  /// `1280 + 2189 a page`, and how far off the line is.
  private static String text(Instructions.Fit fit) {
    String constant = Json.rounded(fit.constant()).toPlainString();
    if (fit.slope() == 0) {
      return constant;
    }
    return "%s + %s a %s, %s off at most"
        .formatted(
            constant,
            Json.rounded(fit.slope()).toPlainString(),
            fit.per(),
            Json.rounded(fit.residual()).toPlainString());
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
                    "source", setting.source(),
                    "assumed", kernel.isAssumed(behaviour))));
    Instructions instructions = kernel.instructions();
    Map<String, Object> counts = new LinkedHashMap<>();
    for (Operation operation : Operation.values()) {
      Instructions.Count count = instructions.count(operation);
      counts.put(
          operation.key(),
          Json.object(
              "instructions", Json.interval(count.interval()),
              "evidence", instructions.evidence(operation),
              "source", count.source()));
    }
    List<Object> fits = new ArrayList<>();
    for (Instructions.Fit fit : instructions.fits()) {
      fits.add(
          Json.object(
              "call", fit.name(),
              "per", fit.per(),
              "constant", fit.constant(),
              "slope", fit.slope(),
              "max_residual", fit.residual(),
              "evidence", instructions.evidence()));
    }
    return Json.object(
        "kernel", kernel.name(),
        "stands_for", kernel.standsFor(),
        "warnings", kernel.warnings(),
        "behaviours", behaviours,
        "instructions_recorded_in", instructions.recordedIn(),
        "instructions", counts,
        "recorded_calls", fits);
  }
}
