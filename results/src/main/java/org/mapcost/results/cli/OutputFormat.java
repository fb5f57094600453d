package org.mapcost.results.cli;

/// How a command prints its answer.
enum OutputFormat {
  /// Aligned columns for people.
  TABLE,
  /// One JSON object a line.
  JSON,
  /// Comma-separated values with a header line.
  CSV,
  /// A Markdown table.
  MARKDOWN
}
