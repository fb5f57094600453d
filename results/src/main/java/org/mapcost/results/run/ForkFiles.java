package org.mapcost.results.run;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mapcost.model.InputException;
import org.openjdk.jmh.results.RunResult;

/// The finished forks of a run that is not complete, a file each, as JMH's own objects: from them a
/// run goes on where it was stopped. `jmh.json` says the same, but JMH cannot read it back.
final class ForkFiles {
  private static final Pattern NAME = Pattern.compile("point-(\\d+)-fork-(\\d+)\\.jmh");

  /// Nothing but JMH's results and what they are made of.
  private static final ObjectInputFilter ONLY_RESULTS =
      ObjectInputFilter.Config.createFilter(
          "maxdepth=100;org.openjdk.jmh.**;java.util.**;java.lang.*;!*");

  private final Path folder;

  ForkFiles(RunFolder run) {
    this.folder = run.path().resolve("forks");
  }

  /// A fork that was measured.
  ///
  /// @param point its place in the plan
  /// @param number which fork of the point, from 0
  record Kept(int point, int number, Collection<RunResult> results) {}

  void write(int point, int number, Collection<RunResult> results) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw WholeFile.cannotWrite(folder, e);
    }
    WholeFile.write(
        file(point, number),
        out -> {
          ObjectOutputStream objects = new ObjectOutputStream(out);
          objects.writeObject(new ArrayList<>(results));
          objects.flush();
        });
  }

  /// Every fork, in the order of points and numbers.
  ///
  /// @throws InputException if a file cannot be read
  List<Kept> read() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Kept> forks = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        Matcher name = NAME.matcher(Objects.toString(file.getFileName()));
        if (name.matches()) {
          forks.add(
              new Kept(
                  Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2)), read(file)));
        }
      }
      return forks;
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be read (" + e.getMessage() + ").", e);
    }
  }

  private static Collection<RunResult> read(Path file) {
    List<RunResult> results = new ArrayList<>();
    try (ObjectInputStream objects =
        new ObjectInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      objects.setObjectInputFilter(ONLY_RESULTS);
      if (objects.readObject() instanceof List<?> list) {
        list.forEach(each -> results.add((RunResult) each));
      }
      return results;
    } catch (IOException | ClassNotFoundException | ClassCastException e) {
      throw new InputException(
          file
              + ": this is no fork that this version of mapcost can go on from ("
              + e.getMessage()
              + "); delete the file, and that fork is measured again.",
          e);
    }
  }

  /// Once the run is complete nothing goes on from them.
  void delete() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      // Left behind they do no harm: a complete run is not gone on with.
      return;
    }
  }

  private Path file(int point, int number) {
    return folder.resolve(String.format(Locale.ROOT, "point-%05d-fork-%04d.jmh", point, number));
  }
}
