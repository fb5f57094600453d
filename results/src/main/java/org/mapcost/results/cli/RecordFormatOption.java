package org.mapcost.results.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The `--format` option of commands whose records other programs read: the operations of a script,
/// the counts of a flush. Where none is chosen, a person at a terminal gets a table, and a pipe or
/// a file gets one JSON object a line.
final class RecordFormatOption {
  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "table, json, csv or markdown (default: table on a terminal; what goes to a pipe or a"
              + " file is json, one object for each operation).")
  @Nullable OutputFormat chosen;

  /// The format of records.
  OutputFormat format() {
    Mapcost root = (Mapcost) command.root().userObject();
    return orElse(root.terminal ? OutputFormat.TABLE : OutputFormat.JSON);
  }

  OutputFormat orElse(OutputFormat usual) {
    return chosen != null ? chosen : usual;
  }
}
