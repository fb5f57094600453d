package org.mapcost.results.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A result as rows and columns, printable for people, spreadsheets and Markdown. Numbers stand to
/// the right.
final class Table {
  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Boolean> numeric;

  Table(String... columns) {
    this.columns = List.of(columns);
    this.numeric = new ArrayList<>(this.columns.stream().map(name -> true).toList());
  }

  /// Adds a row; one cell a column. A cell that is no [Number] makes its column text.
  Table row(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + columns.size() + " columns");
    }
    List<String> row = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      numeric.set(i, numeric.get(i) && cells[i] instanceof Number);
      row.add(String.valueOf(cells[i]));
    }
    rows.add(row);
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /// Prints in any format but JSON, which every command writes by itself.
  void print(OutputFormat format, PrintWriter out) {
    switch (format) {
      case TABLE -> out.println(aligned());
      case CSV -> out.print(csv());
      case MARKDOWN -> out.print(markdown());
      case JSON -> throw new IllegalArgumentException("a table is not JSON");
    }
  }

  private String aligned() {
    List<ColumnData<List<String>>> data = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      HorizontalAlign align = numeric.get(i) ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT;
      data.add(
          new Column()
              .header(columns.get(i))
              .headerAlign(align)
              .dataAlign(align)
              .maxWidth(90)
              .with(row -> row.get(column)));
    }
    return AsciiTable.builder()
        .border(AsciiTable.NO_BORDERS)
        .data(rows, data)
        .asString()
        .lines()
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n"));
  }

  private String csv() {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      csv.writeRecord(columns);
      rows.forEach(csv::writeRecord);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return text.toString();
  }

  private String markdown() {
    StringBuilder text = new StringBuilder(markdownRow(columns));
    List<String> rule = new ArrayList<>();
    for (boolean right : numeric) {
      rule.add(right ? "--:" : "---");
    }
    text.append(markdownRow(rule));
    rows.forEach(row -> text.append(markdownRow(row)));
    return text.toString();
  }

  private static String markdownRow(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
