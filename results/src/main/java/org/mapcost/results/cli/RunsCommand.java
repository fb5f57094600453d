package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.results.run.Environment;
import org.mapcost.results.run.Manifest;
import org.mapcost.results.run.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The stored runs.
@Command(
    name = "runs",
    description = "Lists the stored runs, oldest first: how far each came, on which host, of what.",
    mixinStandardHelpOptions = true)
final class RunsCommand implements Runnable {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Where run folders are kept (default: results/runs of the checkout, or of the current"
              + " directory).")
  @Nullable Path dir;

  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Override
  public void run() {
    Path runs = dir == null ? RunFolder.defaultRuns() : dir;
    PrintWriter out = spec.commandLine().getOut();
    Table table =
        new Table(
            "run",
            "created",
            "profile",
            "status",
            "done",
            "failed",
            "points",
            "CPU",
            "kernel",
            "revision");
    for (RunFolder folder : RunFolder.list(runs)) {
      try {
        add(table, folder, out);
      } catch (InputException e) {
        Mapcost.warnings(spec).println("mapcost: warning: passed over: " + e.getMessage());
      }
    }
    if (format.format == OutputFormat.JSON) {
      return;
    }
    if (table.isEmpty() && format.format == OutputFormat.TABLE) {
      out.println("no runs in " + runs + "; 'mapcost bench' makes one.");
    } else {
      table.print(format.format, out);
    }
  }

  private void add(Table table, RunFolder folder, PrintWriter out) {
    Manifest manifest = folder.manifest();
    Environment host = folder.environment();
    String status = manifest.status().name().toLowerCase(Locale.ROOT);
    int done = manifest.points(Manifest.State.DONE).size();
    int failed = manifest.points(Manifest.State.FAILED).size();
    String revision = manifest.mapcost().revision() + (manifest.mapcost().dirty() ? " dirty" : "");
    if (format.format == OutputFormat.JSON) {
      out.println(
          Json.line(
              Json.object(
                  "schema", "mapcost/run-listed/1",
                  "run", folder.path().toString(),
                  "created", manifest.created(),
                  "profile", manifest.profile(),
                  "status", status,
                  "done", done,
                  "failed", failed,
                  "points", manifest.points().size(),
                  "cpu", host.cpuModel().orElse(""),
                  "kernel", host.kernelRelease().orElse(""),
                  "revision", revision)));
      return;
    }
    table.row(
        folder.name(),
        manifest.created(),
        manifest.profile(),
        status,
        done,
        failed,
        manifest.points().size(),
        host.cpuModel().orElse(""),
        host.kernelRelease().orElse(""),
        revision);
  }
}
