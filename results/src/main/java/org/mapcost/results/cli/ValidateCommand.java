package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.lab.Coverage;
import org.mapcost.model.lab.KnownDifferences;
import org.mapcost.model.lab.LabFolder;
import org.mapcost.results.calibrate.Budget;
import org.mapcost.results.calibrate.LiveValidation;
import org.mapcost.results.published.LeaveOut;
import org.mapcost.results.published.Prediction;
import org.mapcost.results.published.Predictions;
import org.mapcost.results.published.Validation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Holds the model against reality.
@Command(
    name = "validate",
    description =
        "Holds the model against recordings of real kernels, published measurements and this host.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:--counts: no difference but the known ones; --prices: every row that fails is explained,"
          + " and the whole is good enough; --live: the median error is below a quarter",
      "1:the model differs from a recording, a row fails unexplained, the whole is not good enough,"
          + " or the live host is too noisy to tell",
      "2:bad usage or input"
    })
final class ValidateCommand implements Callable<Integer> {
  @Option(
      names = "--counts",
      description = "Compares the counts of every recorded call of real kernels with the model's.")
  boolean counts;

  @Option(
      names = "--lab",
      paramLabel = "DIR",
      description =
          "With --counts: a folder of recordings, schema lab/1 (default: those that come with"
              + " mapcost).")
  @Nullable Path lab;

  @Option(
      names = "--prices",
      description =
          "Predicts published measurements that give no price, and says how the predictions would"
              + " be without each source that does.")
  boolean prices;

  @Option(names = "--explain", description = "With --prices: adds the questions behind each row.")
  boolean explain;

  @Option(
      names = "--live",
      description =
          "Probes this host: prices calibrated at 1, 4, 16 and 256 pages are held against 2, 8, 32,"
              + " 33, 34, 64 and 128, measured in the same run; likewise threads and footprints.")
  boolean live;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "With --live: how long all may take, 20s or more (default: ${DEFAULT-VALUE}).")
  String budget = "60s";

  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    if (Stream.of(counts, prices, live).filter(each -> each).count() != 1) {
      throw new InputException("say what to validate: --counts, --prices or --live.");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (live) {
      return live(out);
    }
    return counts ? counts(out) : prices(out);
  }

  private int counts(PrintWriter out) {
    LabFolder folder = lab == null ? LabFolder.bundled() : LabFolder.read(lab);
    Coverage coverage = Coverage.published();
    KnownDifferences known = KnownDifferences.published();
    org.mapcost.model.lab.Validation validation =
        org.mapcost.model.lab.Validation.of(folder, coverage, known);
    new CountsPrinter(validation, coverage, known).print(format.format, out);
    if (validation.agreements().isEmpty()) {
      return 2;
    }
    return validation.holds() ? 0 : 1;
  }

  private int prices(PrintWriter out) {
    List<Prediction> predictions = Predictions.bundled();
    CommandAnswers answers = new CommandAnswers();
    Validation validation = Validation.of(predictions, answers);
    List<LeaveOut.Row> leftOut = LeaveOut.ofBundled().each(predictions, answers);
    new PricesPrinter(validation, leftOut, explain).print(format.format, out);
    return validation.failures().isEmpty() ? 0 : 1;
  }

  private int live(PrintWriter out) {
    PrintWriter progress = Mapcost.warnings(spec);
    LiveValidation validation =
        LiveValidation.run(
            Budget.parse(budget),
            Budget.started(),
            line -> progress.println("mapcost: validate: " + line));
    new LivePrinter(validation).print(format.format, out);
    return validation.verdict() == LiveValidation.Verdict.HOLDS ? 0 : 1;
  }
}
