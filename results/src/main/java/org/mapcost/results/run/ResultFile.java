package org.mapcost.results.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mapcost.model.InputException;

/// Stored results of whatever kind: a run folder, JMH's JSON or a directory of such files with
/// forks of the same benchmarks, or a file of HdrHistogram.
///
/// @param path where they lie
/// @param measurements what was measured
/// @param environment the host that measured, where the results say
/// @param manifest what was planned, in a run folder
public record ResultFile(
    Path path,
    List<Measurement> measurements,
    Optional<Environment> environment,
    Optional<Manifest> manifest) {
  public ResultFile {
    measurements = List.copyOf(measurements);
  }

  /// Reads two results side by side: files of JMH may be large.
  ///
  /// @throws InputException as [#read(Path)]
  public static List<ResultFile> read(Path a, Path b) {
    return Stream.of(a, b).parallel().map(ResultFile::read).toList();
  }

  /// Reads results.
  ///
  /// @throws InputException if there is nothing of a known kind; the message says where and why
  public static ResultFile read(Path path) {
    if (Files.isDirectory(path) && ForkDirectory.isOne(path)) {
      return plain(path, ForkDirectory.read(path));
    }
    if (Files.isDirectory(path)) {
      RunFolder folder = RunFolder.open(path);
      return new ResultFile(
          path,
          folder.measurements(),
          Optional.of(folder.environment()),
          Optional.of(folder.manifest()));
    }
    return plain(path, HistogramFile.isOne(path) ? HistogramFile.read(path) : JmhJson.read(path));
  }

  private static ResultFile plain(Path path, List<Measurement> measurements) {
    return new ResultFile(path, measurements, Optional.empty(), Optional.empty());
  }
}
