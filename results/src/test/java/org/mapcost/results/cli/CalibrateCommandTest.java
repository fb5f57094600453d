package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapcost.model.cost.Interval;
import org.mapcost.results.calibrate.LiveRow;
import org.mapcost.results.calibrate.LiveValidation;

/// Guards that nothing is measured that could not be written afterwards, that a user's file stays,
/// and that a live validation prints its errors, its noise and a verdict in words.
class CalibrateCommandTest {
  @TempDir Path dir;

  @Test
  void aFileThatIsThereStays() throws IOException {
    Path file = Files.writeString(dir.resolve("host.yaml"), "mine");
    assertThat(refused("--out", file.toString()))
        .isEqualTo("mapcost: " + file + " is there; --force overwrites it, --out names another.");
    assertThat(file).hasContent("mine");
  }

  @Test
  void whatCannotWorkIsRefusedAtOnce() {
    assertThat(refused("--out", dir.resolve("host.txt").toString()))
        .endsWith("a machine file's name ends in .yaml, so that --machine knows it.");
    assertThat(refused("--out", dir.resolve("none/host.yaml").toString()))
        .endsWith("there is no such folder, or it is read-only.");
    assertThat(refused("--budget", "5s")).startsWith("mapcost: --budget 5s is too short");
  }

  @Test
  void aLiveValidationSaysErrorNoiseAndVerdict() {
    assertThat(printed(110, 0.01))
        .contains("mprotect of 2 pages")
        .contains(
            "1 predictions, 3 forks: median error 10.0 %, A/A difference between interleaved halves"
                + " 1.0 % at the median. The prices hold: the error is below 25 %.");
    assertThat(printed(150, 0.01)).contains("The prices do not hold");
    assertThat(printed(150, 0.2)).contains("Too noisy to tell: the A/A difference is above 10 %.");
  }

  private static String printed(double predicted, double noise) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    LiveRow row =
        new LiveRow(
            "pages",
            "mprotect of 2 pages",
            Interval.exactly(predicted),
            100,
            OptionalDouble.of(noise));
    new LivePrinter(new LiveValidation(List.of(row), List.of(), 3)).print(OutputFormat.TABLE, out);
    out.flush();
    return text.toString();
  }

  private static String refused(String... options) {
    StringWriter err = new StringWriter();
    String[] arguments = new String[options.length + 1];
    arguments[0] = "calibrate";
    System.arraycopy(options, 0, arguments, 1, options.length);
    int code = Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), arguments);
    assertThat(code).isEqualTo(2);
    return err.toString().strip();
  }
}
