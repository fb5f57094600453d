package org.mapcost.results.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files of `/proc` and `/sys`, or of a folder that stands for them. What cannot be read is
/// absent.
record HostFiles(Path root) {
  /// The text without blanks around it; absent where there is none.
  Optional<String> text(String file) {
    try {
      String text = Files.readString(root.resolve(file), StandardCharsets.ISO_8859_1).strip();
      return Optional.of(text).filter(each -> !each.isEmpty());
    } catch (IOException | SecurityException e) {
      return Optional.empty();
    }
  }

  /// The names in a folder, in order.
  List<String> names(String folder) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(folder))) {
      files.forEach(each -> names.add(each.getFileName().toString()));
    } catch (IOException | SecurityException e) {
      return List.of();
    }
    names.sort(null);
    return names;
  }

  boolean exists(String file) {
    return Files.exists(root.resolve(file));
  }

  boolean readable(String file) {
    return Files.isReadable(root.resolve(file));
  }
}
