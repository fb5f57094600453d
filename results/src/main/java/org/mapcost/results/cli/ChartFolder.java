package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mapcost.results.chart.Pictures;
import org.mapcost.results.chart.Theme;
import org.mapcost.results.figure.Picture;
import picocli.CommandLine.Option;

/// The `--chart` option of commands that draw their answer.
final class ChartFolder {
  @Option(
      names = "--chart",
      paramLabel = "DIR",
      description =
          "Also draws the answer into a folder: SVG and PNG in both themes, its numbers as CSV, and"
              + " words.")
  @Nullable Path folder;

  boolean asked() {
    return folder != null;
  }

  /// Draws, and says where.
  void draw(Picture picture, PrintWriter progress) {
    Path into = folder;
    if (into != null) {
      Set<Path> files = new HashSet<>();
      for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
        Pictures.write(picture.figure(), picture.meaning(), into, theme).stream()
            .filter(files::add)
            .forEach(file -> progress.println("mapcost: " + file));
      }
    }
  }
}
