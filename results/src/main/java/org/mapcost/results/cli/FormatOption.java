package org.mapcost.results.cli;

import picocli.CommandLine.Option;

/// The `--format` option that every command has.
final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, json, csv or markdown (default: ${DEFAULT-VALUE}).")
  OutputFormat format = OutputFormat.TABLE;
}
