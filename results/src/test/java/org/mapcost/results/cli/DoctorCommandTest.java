package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mapcost.results.doctor.Finding;
import org.mapcost.results.doctor.Finding.State;

/// Guards that each finding is printed with its cause and advice, in every format.
class DoctorCommandTest {
  private static final List<Finding> FINDINGS =
      List.of(
          new Finding("thp", State.GOOD, "madvise", "", ""),
          new Finding("cpus", State.LACKS, "1 CPU", "a mask", "give two"));

  @Test
  void peopleReadWhatWasSeenTheCauseAndWhatToTry() {
    assertThat(printed(OutputFormat.TABLE))
        .isEqualTo(
            """
            thp        good   madvise
            cpus       lacks  1 CPU
                              likely: a mask
                              try: give two

            Something cannot be measured here (1), and 0 make figures noisier or fewer.
            """);
  }

  @Test
  void programsReadTheSame() {
    assertThat(printed(OutputFormat.JSON))
        .startsWith("{\"schema\":\"mapcost/doctor/1\"")
        .contains(
            "\"subject\":\"cpus\",\"state\":\"lacks\",\"seen\":\"1 CPU\",\"cause\":\"a mask\"");
    assertThat(printed(OutputFormat.CSV)).contains("cpus,lacks,1 CPU,a mask,give two");
  }

  private static String printed(OutputFormat format) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    DoctorCommand.print(FINDINGS, format, out);
    out.flush();
    return text.toString().replace("\r\n", "\n");
  }
}
