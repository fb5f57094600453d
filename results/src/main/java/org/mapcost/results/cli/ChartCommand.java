package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.whatif.Costs;
import org.mapcost.results.chart.Pictures;
import org.mapcost.results.chart.Theme;
import org.mapcost.results.figure.Picture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// One chart with its numbers.
@Command(
    name = "chart",
    description = {
      "Draws one chart: SVG and PNG, its numbers as CSV, and what it shows in words.",
      "Without KIND: lists the kinds."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "csv prints the numbers behind the chart, markdown the chart with its words and numbers.",
      "",
      "Examples:",
      "  mapcost chart cost-by-size --machine epyc-milan --kernel 6.12 --strategies"
          + " ttm-fault,io-mapping",
      "  mapcost chart transition-by-cpus --pages 64 --theme dark --out slides",
      "  mapcost chart tornado --strategy ttm-fault --against io-mapping",
      "  mapcost chart latency --workload desktop-compositor",
      "  mapcost chart pool-hits-by-limit --workload browser-many-tabs",
      "  mapcost chart latency --from results/runs/RUN/benchmarks.hlog --include 'walk.*w3'"
    })
final class ChartCommand implements Runnable {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "KIND",
      description = "What to draw; 'mapcost chart' alone lists the kinds.")
  @Nullable String kind;

  @Mixin PlatformOptions platform = new PlatformOptions();
  @Mixin MachineOptions machine = new MachineOptions();
  @Mixin ScenarioOptions scenario = new ScenarioOptions();
  @Mixin WorkloadOptions workload = new WorkloadOptions();
  @Mixin ChartOptions options = new ChartOptions();

  @Option(
      names = "--theme",
      paramLabel = "light|dark",
      defaultValue = "light",
      description = "Its colours (default: ${DEFAULT-VALUE}).")
  String theme = "light";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "charts",
      description = "The folder to write into, made if need be (default: ${DEFAULT-VALUE}).")
  Path out = Path.of("charts");

  @Option(names = "--force", description = "Overwrite a chart that is there.")
  boolean force;

  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Override
  public void run() {
    PrintWriter text = spec.commandLine().getOut();
    if (kind == null) {
      list(text);
      return;
    }
    Theme in = theme();
    ChartKind asked = ChartKind.ofKey(kind);
    Picture picture = picture();
    String name = picture.figure().name() + Pictures.ending(in);
    if (!force && Files.exists(out.resolve(name + ".svg"))) {
      throw new InputException(
          out.resolve(name + ".svg") + ": is there already; overwrite it with --force.");
    }
    List<Path> files = Pictures.write(picture.figure(), picture.meaning(), out, in);
    print(asked, picture, files, text);
  }

  private Picture picture() {
    return picture(new Costs(Set.of()));
  }

  /// What this command draws.
  ///
  /// @param costs what is known before
  Picture picture(Costs costs) {
    return new ChartDrawing(platform, machine, scenario, workload, options, costs, spec)
        .draw(ChartKind.ofKey(String.valueOf(kind)));
  }

  private void list(PrintWriter text) {
    if (format.format == OutputFormat.JSON) {
      text.println(
          Json.line(
              Json.object(
                  "schema",
                  "mapcost/charts/1",
                  "kinds",
                  Arrays.stream(ChartKind.values())
                      .map(each -> Json.object("kind", each.key(), "shows", each.description()))
                      .toList())));
      return;
    }
    Table table = new Table("kind", "shows");
    for (ChartKind each : ChartKind.values()) {
      table.row(each.key(), each.description());
    }
    table.print(format.format, text);
  }

  private Theme theme() {
    return switch (theme) {
      case "light" -> Theme.LIGHT;
      case "dark" -> Theme.DARK;
      default -> throw new InputException("--theme is light or dark, not '" + theme + "'.");
    };
  }

  private void print(ChartKind asked, Picture picture, List<Path> files, PrintWriter text) {
    switch (format.format) {
      case JSON ->
          text.println(
              Json.line(
                  Json.object(
                      "schema", "mapcost/chart/1",
                      "kind", asked.key(),
                      "title", picture.figure().title(),
                      "subtitle", picture.figure().subtitle(),
                      "description", picture.figure().description(),
                      "meaning", picture.meaning(),
                      "files", files.stream().map(Path::toString).toList())));
      case CSV -> text.print(picture.figure().data().csv());
      case MARKDOWN -> text.print(markdown(picture, files));
      case TABLE -> {
        text.println(picture.figure().title() + ". " + picture.figure().description());
        text.println();
        text.println(picture.meaning());
        text.println();
        files.forEach(text::println);
      }
    }
  }

  private static String markdown(Picture picture, List<Path> files) {
    Optional<Path> svg =
        files.stream().filter(each -> each.toString().endsWith(".svg")).findFirst();
    List<String> columns = picture.figure().data().names();
    Table table = new Table(columns.toArray(String[]::new));
    for (List<String> row : picture.figure().data().rows()) {
      table.row(new ArrayList<Object>(row).toArray());
    }
    java.io.StringWriter rows = new java.io.StringWriter();
    table.print(OutputFormat.MARKDOWN, new PrintWriter(rows));
    return "![%s](%s)%n%n%s%n%n%s"
        .formatted(
            picture.figure().title().replace("]", "\\]"),
            svg.map(Path::toString).orElse(""),
            picture.figure().description() + " " + picture.meaning(),
            rows);
  }
}
