package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.mapcost.model.InputException;
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
    description = "Holds the model against published measurements.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every row that fails is explained, and the whole is good enough",
      "1:a row fails unexplained, or the whole is not good enough",
      "2:bad usage or input"
    })
final class ValidateCommand implements Callable<Integer> {
  @Option(
      names = "--prices",
      description =
          "Predicts published measurements that give no price, and says how the predictions would"
              + " be without each source that does.")
  boolean prices;

  @Option(names = "--explain", description = "With --prices: adds the questions behind each row.")
  boolean explain;

  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    if (!prices) {
      throw new InputException("say what to validate: --prices.");
    }
    return prices(spec.commandLine().getOut());
  }

  private int prices(PrintWriter out) {
    List<Prediction> predictions = Predictions.bundled();
    CommandAnswers answers = new CommandAnswers();
    Validation validation = Validation.of(predictions, answers);
    List<LeaveOut.Row> leftOut = LeaveOut.ofBundled().each(predictions, answers);
    new PricesPrinter(validation, leftOut, explain).print(format.format, out);
    return validation.failures().isEmpty() ? 0 : 1;
  }
}
