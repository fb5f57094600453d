package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.mapcost.results.doctor.Doctor;
import org.mapcost.results.doctor.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Whether this host can measure.
@Command(
    name = "doctor",
    description =
        "Whether this host can measure: what it shows of itself, the likely cause of trouble, and"
            + " what to try. Takes about a second.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:nothing is lacking; warnings make figures noisier",
      "1:something cannot be measured here at all",
      "2:bad usage"
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    List<Finding> findings = Doctor.here().examine();
    print(findings, format.format, spec.commandLine().getOut());
    return findings.stream().anyMatch(each -> each.state() == Finding.State.LACKS) ? 1 : 0;
  }

  static void print(List<Finding> findings, OutputFormat format, PrintWriter out) {
    if (format == OutputFormat.JSON) {
      out.println(
          Json.line(
              Json.object(
                  "schema",
                  "mapcost/doctor/1",
                  "findings",
                  findings.stream()
                      .map(each ->
                          Json.object(
                              "subject", each.subject(),
                              "state", each.state().toString(),
                              "seen", each.seen(),
                              "cause", each.cause(),
                              "advice", each.advice()))
                      .toList())));
      return;
    }
    if (format != OutputFormat.TABLE) {
      Table table = new Table("subject", "state", "seen", "likely cause", "what to try");
      findings.forEach(each ->
          table.row(each.subject(), each.state(), each.seen(), each.cause(), each.advice()));
      table.print(format, out);
      return;
    }
    for (Finding each : findings) {
      out.printf("%-10s %-6s %s%n", each.subject(), each.state(), each.seen());
      line(out, "likely", each.cause());
      line(out, "try", each.advice());
    }
    out.println();
    out.println(summary(findings));
  }

  private static void line(PrintWriter out, String name, String text) {
    if (!text.isEmpty()) {
      out.printf("%17s %s: %s%n", "", name, text);
    }
  }

  private static String summary(List<Finding> findings) {
    long lacks = count(findings, Finding.State.LACKS);
    long warns = count(findings, Finding.State.WARN);
    if (lacks > 0) {
      return "Something cannot be measured here (%d), and %d make figures noisier or fewer."
          .formatted(lacks, warns);
    }
    return warns == 0
        ? "This host can measure."
        : "This host can measure; %d of these make figures noisier or fewer.".formatted(warns);
  }

  private static long count(List<Finding> findings, Finding.State state) {
    return findings.stream().filter(each -> each.state() == state).count();
  }
}
