package org.mapcost.results.chart;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Numbers in columns: those behind a chart, or a table of a report.
///
/// @param columns the names, with units; one that begins with `#` holds numbers, and is shown
///   without that sign and to the right
/// @param rows as many cells each as there are columns
public record FigureData(List<String> columns, List<List<String>> rows) {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]+)?");

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

  /// The table as CSV (RFC 4180), names first. Numbers lose the commas between their thousands, so
  /// that a spreadsheet takes them for numbers.
  public String csv() {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(names());
      for (List<String> row : rows) {
        csv.writeRecord(IntStream.range(0, row.size()).mapToObj(i -> cell(i, row.get(i))).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private String cell(int column, String text) {
    return numeric(column) && NUMBER.matcher(text).matches() ? text.replace(",", "") : text;
  }
}
