package org.mapcost.results.cli;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mapcost.model.InputException;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.Pictures;

/// Charts drawn into a user's directory.
final class Drawing {
  private Drawing() {}

  /// Writes the files of each figure; their paths. Throws [InputException], with nothing written,
  /// where one is there already, unless `force`, and where the directory cannot be written.
  static List<Path> into(Path directory, boolean force, List<Figure> figures) {
    for (Figure figure : figures) {
      Path svg = directory.resolve(figure.name() + ".svg");
      if (Files.exists(svg) && !force) {
        throw new InputException(
            svg + ": is there already; name another directory, or give --force.");
      }
    }
    List<Path> drawn = new ArrayList<>();
    try {
      figures.forEach(figure -> drawn.addAll(Pictures.write(figure, directory)));
    } catch (UncheckedIOException e) {
      throw new InputException(e.getMessage() + "; is there room, and may you write there?", e);
    }
    return drawn;
  }
}
