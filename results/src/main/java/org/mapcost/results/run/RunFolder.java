package org.mapcost.results.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.mapcost.model.InputException;

/// The folder that one run of the benchmarks leaves behind.
///
/// | file | content |
/// |---|---|
/// | `manifest.json` | what was planned, and how far it came |
/// | `environment.json` | the host that measured |
/// | `jmh.json` | the results, in JMH's own format |
/// | `benchmarks.hlog` | the same as HdrHistogram log, one tag per point |
/// | `jmh.log` | what JMH and the forks printed |
/// | `forks/` | while the run is not complete: what it goes on from |
/// | `.lock` | held by the run that writes the folder |
///
/// Every file is written aside and renamed.
public record RunFolder(Path path) {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  /// Where runs are kept: `results/runs` in the directory of the system property `mapcost.home`, or
  /// in the current directory.
  public static Path defaultRuns() {
    return Path.of(System.getProperty("mapcost.home", "."), "results", "runs").normalize();
  }

  /// Makes a new folder `yyyyMMdd-HHmmss-host` in `runs`, with a number behind it where there
  /// already is one.
  ///
  /// @throws InputException if `runs` cannot be made or written
  public static RunFolder create(Path runs, LocalDateTime now, String host) {
    String name = NAME.format(now) + "-" + shortName(host);
    try {
      Files.createDirectories(runs);
      return new RunFolder(createNew(runs, name));
    } catch (IOException e) {
      throw new InputException(
          runs
              + ": no run folder can be made here ("
              + WholeFile.reason(e)
              + "); name a directory that can be written with --out.",
          e);
    }
  }

  private static Path createNew(Path runs, String name) throws IOException {
    for (int copy = 1; ; copy++) {
      Path path = runs.resolve(copy == 1 ? name : name + "-" + copy);
      if (!Files.exists(path)) {
        try {
          return Files.createDirectory(path);
        } catch (FileAlreadyExistsException e) {
          // Another run took the name in between: the next one is tried.
        }
      }
    }
  }

  /// A folder that an earlier run made.
  ///
  /// @throws InputException if there is no run in it
  public static RunFolder open(Path path) {
    if (!Files.isDirectory(path)) {
      throw new InputException(path + ": there is no such directory; 'bench' makes one.");
    }
    RunFolder folder = new RunFolder(path);
    if (!Files.isRegularFile(folder.manifestFile())) {
      throw new InputException(
          path + ": this is no run folder (it has no manifest.json); 'bench' makes one.");
    }
    return folder;
  }

  /// The runs in a directory, oldest first; none where there is no such directory.
  public static List<RunFolder> list(Path runs) {
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(runs)) {
      return children
          .map(RunFolder::new)
          .filter(each -> Files.isRegularFile(each.manifestFile()))
          .sorted((a, b) -> a.name().compareTo(b.name()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + runs, e);
    }
  }

  /// `20261123-204736-vm`.
  public String name() {
    return path.getFileName().toString();
  }

  public Path manifestFile() {
    return path.resolve("manifest.json");
  }

  public Path environmentFile() {
    return path.resolve("environment.json");
  }

  public Path jmhFile() {
    return path.resolve("jmh.json");
  }

  public Path histogramFile() {
    return path.resolve("benchmarks.hlog");
  }

  public Path logFile() {
    return path.resolve("jmh.log");
  }

  /// What is known of the run. One that says it is running, and that no process is writing, was
  /// killed: it is incomplete.
  public Manifest manifest() {
    Manifest written = Json.read(manifestFile(), Manifest.class, Manifest.SCHEMA);
    return written.status() == Manifest.Status.RUNNING && !RunLock.isHeld(path)
        ? written.killed()
        : written;
  }

  public Environment environment() {
    return Json.read(environmentFile(), Environment.class, Environment.SCHEMA);
  }

  /// Every finished point; none if the run was killed before its first fork ended.
  public List<Measurement> measurements() {
    return Files.exists(jmhFile()) ? JmhJson.read(jmhFile()) : List.of();
  }

  void write(Manifest manifest) {
    Json.write(manifestFile(), manifest);
  }

  void write(Environment environment) {
    Json.write(environmentFile(), environment);
  }

  private static String shortName(String host) {
    int dot = host.indexOf('.');
    String first = (dot < 0 ? host : host.substring(0, dot)).replaceAll("[^A-Za-z0-9_-]", "");
    return first.isEmpty() ? "host" : first;
  }
}
