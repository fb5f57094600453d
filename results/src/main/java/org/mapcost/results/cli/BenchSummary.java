package org.mapcost.results.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mapcost.model.cost.Interval;
import org.mapcost.results.run.BenchmarkPoint;
import org.mapcost.results.run.Manifest;
import org.mapcost.results.run.Measurement;
import org.mapcost.results.run.RunFolder;
import org.mapcost.results.stats.Statistics;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What `bench` prints when a run has ended.
record BenchSummary(RunFolder folder, Manifest manifest, List<Measurement> measurements) {
  private static final List<String> HEADER =
      List.of("benchmark", "parameters", "forks", "low", "best", "high", "unit");
  private static final int FIRST_NUMBER = 2;
  private static final int LAST_NUMBER = 5;

  /// How it is printed; the constants are what the user types.
  enum Format {
    TABLE,
    JSON,
    CSV,
    MARKDOWN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static BenchSummary of(RunFolder folder) {
    return new BenchSummary(folder, folder.manifest(), folder.measurements());
  }

  /// `[12/66] 1 min 20 s left ResourceWalkBenchmark.walk tree=... 12.3 ns/op`.
  static String progress(int done, int all, Duration left, String what) {
    String rest =
        left.toMinutes() == 0
            ? left.toSeconds() + " s left"
            : left.toMinutes() + " min " + left.toSecondsPart() + " s left";
    return String.format(
        Locale.ROOT, "[%d/%d] %s  %s", done, all, done == all ? "done" : rest, what);
  }

  String in(Format format) {
    return switch (format) {
      case TABLE -> table() + failures() + folder.path() + "\n";
      case JSON -> json();
      case CSV -> csv();
      case MARKDOWN -> markdown();
    };
  }

  private List<List<String>> rows() {
    return measurements.stream()
        .map(each -> {
          OptionalDouble best = Statistics.best(each.forks());
          Optional<Interval> interval = Statistics.median(each.forks());
          return List.of(
              each.shortName(),
              new BenchmarkPoint(each.benchmark(), each.params()).parameters(),
              String.valueOf(each.forks().size()),
              interval.map(i -> number(i.low())).orElse(""),
              best.isPresent() ? number(best.getAsDouble()) : "",
              interval.map(i -> number(i.high())).orElse(""),
              each.unit());
        })
        .toList();
  }

  private String table() {
    if (measurements.isEmpty()) {
      return "";
    }
    Column[] columns =
        IntStream.range(0, HEADER.size())
            .mapToObj(i ->
                new Column()
                    .header(HEADER.get(i))
                    .headerAlign(HorizontalAlign.LEFT)
                    .dataAlign(
                        FIRST_NUMBER <= i && i <= LAST_NUMBER
                            ? HorizontalAlign.RIGHT
                            : HorizontalAlign.LEFT)
                    .maxWidth(200))
            .toArray(Column[]::new);
    Object[][] cells = rows().stream().map(List::toArray).toArray(Object[][]::new);
    return AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, columns, cells) + "\n";
  }

  private String failures() {
    return manifest.points(Manifest.State.FAILED).stream()
        .map(each -> "failed: " + each.point().label() + ": " + each.error() + "\n")
        .collect(Collectors.joining());
  }

  private String json() {
    JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    ObjectNode object = mapper.createObjectNode();
    object.put("run_folder", folder.path().toString());
    object.put("profile", manifest.profile());
    object.put("status", manifest.status().name().toLowerCase(Locale.ROOT));
    object.put("points", manifest.points().size());
    object.put("points_done", manifest.points(Manifest.State.DONE).size());
    ArrayNode failed = object.putArray("failed");
    for (Manifest.Point each : manifest.points(Manifest.State.FAILED)) {
      failed.addObject().put("point", each.point().label()).put("error", each.error());
    }
    return mapper.writeValueAsString(object) + "\n";
  }

  private String csv() {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(HEADER);
      rows().forEach(csv::writeRecord);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private String markdown() {
    StringBuilder text = new StringBuilder(line(HEADER)).append("|---|---|--:|--:|--:|--:|---|\n");
    rows().forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
