package org.mapcost.results.chart;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;

/// Numbers in columns: those behind a chart, or a table of a report.
///
/// @param columns the names, with units; one that begins with `#` holds numbers, and is shown
///   without that sign and to the right
/// @param rows as many cells each as there are columns
public record FigureData(List<String> columns, List<List<String>> rows) {
  public FigureData {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "a row of %d cells under %d columns: %s".formatted(row.size(), columns.size(), row));
      }
    }
  }

  public boolean numeric(int column) {
    return columns.get(column).startsWith("#");
  }

  /// The name of a column as it is shown.
  public String name(int column) {
    String name = columns.get(column);
    return numeric(column) ? name.substring(1) : name;
  }

  /// The names of all columns as they are shown.
  public List<String> names() {
    return IntStream.range(0, columns.size()).mapToObj(this::name).toList();
  }

  /// The table as CSV (RFC 4180), names first.
  public String csv() {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(names());
      rows.forEach(csv::writeRecord);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
