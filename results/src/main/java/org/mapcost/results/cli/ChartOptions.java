package org.mapcost.results.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What the charts are of.
final class ChartOptions {
  @Option(
      names = "--strategies",
      paramLabel = "NAME,...",
      split = ",",
      description =
          "cost-by-size, cost-by-strategy, sweep, crossover-map: these strategies, or 'all'."
              + " Default: a telling few by size, else all.")
  List<String> strategies = new ArrayList<>();

  @Option(
      names = "--against",
      paramLabel = "NAME",
      description = "tornado: the ratio to this strategy's cost instead of the cost.")
  @Nullable String against;

  @Option(
      names = "--vary",
      paramLabel = "KEY=RANGE",
      description =
          "sweep: what varies; crossover-map: the same, twice; tornado: what varies besides the"
              + " prices; see 'mapcost whatif --help'.")
  List<String> vary = new ArrayList<>();

  @Option(
      names = "--measure",
      paramLabel = "BILL",
      defaultValue = "first",
      description =
          "sweep, crossover-map, tornado: first, later, load, stolen or stolen-later (default:"
              + " ${DEFAULT-VALUE}).")
  String measure = "first";

  @Option(
      names = "--pages",
      paramLabel = "N",
      defaultValue = "512",
      description = "transition-by-cpus: pages changed by one call (default: ${DEFAULT-VALUE}).")
  int pages = 512;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "latency: a file of HdrHistogram, .hlog or .hgrm. Repeatable.")
  List<Path> from = new ArrayList<>();

  @Option(
      names = "--include",
      paramLabel = "REGEX",
      description = "latency: only lines whose name contains a match (default: all).")
  @Nullable String include;

  @Option(
      names = "--unit",
      paramLabel = "TIME",
      defaultValue = "1ns",
      description =
          "latency: what one recorded value of a file that is not mapcost's own stands for"
              + " (default: ${DEFAULT-VALUE}).")
  String unit = "1ns";
}
