package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mapcost.results.chart.Pictures;
import org.mapcost.results.figure.Picture;
import picocli.CommandLine.Option;

/// The `--chart` option of commands that draw their answer.
final class ChartFolder {
  @Option(
      names = "--chart",
      paramLabel = "DIR",
      description = "Also draws the answer into a folder: SVG, PNG and the numbers as CSV.")
  @Nullable Path folder;

  boolean asked() {
    return folder != null;
  }

  /// Draws, and says where.
  void draw(Picture picture, PrintWriter progress) {
    Path into = folder;
    if (into != null) {
      Pictures.write(picture.figure(), into).forEach(file -> progress.println("mapcost: " + file));
    }
  }
}
