package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mapcost.model.InputException;
import org.mapcost.results.calibrate.Budget;
import org.mapcost.results.calibrate.Calibration;
import org.mapcost.results.calibrate.MachineFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// This host as a machine file.
@Command(
    name = "calibrate",
    description =
        "Probes this host from user space and writes a machine file with what it found, for"
            + " --machine of other commands. What this host cannot tell stays at the values of its"
            + " class and says so.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "As root the probes go before other programs (nice -19) while they measure. Probes of devices"
          + " are JMH benchmarks and not part of it.",
      "",
      "Example:",
      "  mapcost calibrate --budget 60s --out host.yaml && mapcost compare --machine host.yaml"
    })
final class CalibrateCommand implements Callable<Integer> {
  @Option(
      names = "--budget",
      paramLabel = "TIME",
      defaultValue = "60s",
      description =
          "How long all may take: 60s, 5m, 30m; at least 20s (default: ${DEFAULT-VALUE}).")
  String budget = "60s";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "calibrated.yaml",
      description = "The machine file to write (default: ${DEFAULT-VALUE}).")
  Path file = Path.of("calibrated.yaml");

  @Option(names = "--force", description = "Overwrite the file if it is there.")
  boolean force;

  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    long started = Budget.started();
    Budget time = Budget.parse(budget);
    check(file, force);
    PrintWriter progress = Mapcost.warnings(spec);
    Calibration calibration =
        Calibration.run(time, started, line -> progress.println("mapcost: calibrate: " + line));
    MachineFile.write(calibration, file);
    new CalibrationPrinter(calibration, file).print(format.format, spec.commandLine().getOut());
    progress.printf(
        Locale.ROOT, "mapcost: calibrate: done in %.0f s%n", (System.nanoTime() - started) / 1e9);
    return 0;
  }

  /// Refuses before anything is measured what could not be written afterwards.
  private static void check(Path file, boolean force) {
    if (!file.getFileName().toString().matches(".*\\.ya?ml")) {
      throw new InputException(
          "--out " + file + ": a machine file's name ends in .yaml, so that --machine knows it.");
    }
    if (Files.exists(file) && !force) {
      throw new InputException(file + " is there; --force overwrites it, --out names another.");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new InputException("--out " + file + ": there is no such folder, or it is read-only.");
    }
  }
}
