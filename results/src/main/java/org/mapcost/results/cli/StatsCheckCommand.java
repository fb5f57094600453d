package org.mapcost.results.cli;

import java.util.List;
import java.util.Locale;
import org.mapcost.results.compare.Noise;
import org.mapcost.results.compare.NoiseStudy;
import org.mapcost.results.stats.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Whether the statistics keep their word, on measurements of which the truth is known.
@Command(
    name = "stats-check",
    description = {
      "Tries 'diff' and 'gate' on simulated measurements of which the truth is known: how often an"
          + " interval contains it, how often unchanged code is called slower, how often a shift is"
          + " seen.",
      "Noise: forks that differ by 3 %% (lognormal); three of ten a quarter slower (bimodal);"
          + " bursts in which a hypervisor takes time (steal). Five iterations a fork.",
      "A second table, not in csv, is of measurements that end by 'bench --precision'."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class StatsCheckCommand implements Runnable {
  private static final List<Integer> FORKS = List.of(3, 5, 10, 20);
  private static final double LEVEL = 0.05;
  private static final List<Double> PRECISIONS = List.of(0.02, 0.05);

  /// Forks at which measurements end that do not become precise.
  private static final int MOST = 40;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Pairs of measurements behind each figure (default: ${DEFAULT-VALUE}).")
  int pairs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "20210224",
      description = "Of the random numbers (default: ${DEFAULT-VALUE}).")
  long seed;

  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Override
  public void run() {
    NoiseStudy study = new NoiseStudy(pairs, seed);
    Table table =
        new Table(
            "noise",
            "forks",
            "coverage %",
            "diff: x1 slower %",
            "gate 0%: x1 %",
            "gate 0%, 20 rows: x1 %",
            "diff: x1.05 slower %",
            "diff: x1.1 slower %",
            "gate 2%: x1.05 %",
            "gate 2%: x1.1 %",
            "gate 5%: x1.1 %");
    for (Noise noise : Noise.values()) {
      for (int forks : FORKS) {
        List<Double> shares =
            List.of(
                study.coverage(noise, forks, 1.1),
                study.slower(noise, forks, 1),
                study.regressions(noise, forks, 1, 1, 0, LEVEL),
                study.regressions(noise, forks, 1, 20, 0, LEVEL),
                study.slower(noise, forks, 1.05),
                study.slower(noise, forks, 1.1),
                study.regressions(noise, forks, 1.05, 1, 0.02, LEVEL),
                study.regressions(noise, forks, 1.1, 1, 0.02, LEVEL),
                study.regressions(noise, forks, 1.1, 1, 0.05, LEVEL));
        print(table, noise, forks, shares);
      }
    }
    Table sequential = new Table("noise", "--precision %", "--max-forks", "forks", "coverage %");
    for (Noise noise : Noise.values()) {
      for (double precision : PRECISIONS) {
        print(sequential, noise, precision, study.coverage(noise, new Precision(precision), MOST));
      }
    }
    if (format.format != OutputFormat.JSON) {
      table.print(format.format, spec.commandLine().getOut());
    }
    if (format.format == OutputFormat.TABLE || format.format == OutputFormat.MARKDOWN) {
      spec.commandLine().getOut().println();
      sequential.print(format.format, spec.commandLine().getOut());
    }
  }

  /// Measurements that end when they are precise enough.
  private void print(Table table, Noise noise, double precision, NoiseStudy.Sequential sequential) {
    String name = noise.name().toLowerCase(Locale.ROOT);
    if (format.format == OutputFormat.JSON) {
      spec.commandLine()
          .getOut()
          .println(
              Json.line(
                  Json.object(
                      "schema", "mapcost/stats-check-precision/1",
                      "noise", name,
                      "precision", precision,
                      "max_forks", MOST,
                      "pairs", pairs,
                      "forks", Json.rounded(sequential.forks()),
                      "coverage", sequential.coverage())));
      return;
    }
    table.row(
        name,
        Json.rounded(100 * precision),
        MOST,
        percent(sequential.forks() / 100),
        percent(sequential.coverage()));
  }

  private static Object percent(double share) {
    return Json.rounded(Math.round(1000 * share) / 10.0);
  }

  private void print(Table table, Noise noise, int forks, List<Double> shares) {
    String name = noise.name().toLowerCase(Locale.ROOT);
    if (format.format == OutputFormat.JSON) {
      spec.commandLine()
          .getOut()
          .println(
              Json.line(
                  Json.object(
                      "schema", "mapcost/stats-check/1",
                      "noise", name,
                      "forks", forks,
                      "pairs", pairs,
                      "coverage", shares.get(0),
                      "diff_false_slower", shares.get(1),
                      "gate_false_alarms", shares.get(2),
                      "gate_false_alarms_20_rows", shares.get(3),
                      "diff_power_1_05", shares.get(4),
                      "diff_power_1_1", shares.get(5),
                      "gate_2_percent_power_1_05", shares.get(6),
                      "gate_2_percent_power_1_1", shares.get(7),
                      "gate_5_percent_power_1_1", shares.get(8))));
      return;
    }
    Object[] cells = new Object[2 + shares.size()];
    cells[0] = name;
    cells[1] = forks;
    for (int i = 0; i < shares.size(); i++) {
      cells[2 + i] = percent(shares.get(i));
    }
    table.row(cells);
  }
}
