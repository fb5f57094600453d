package org.mapcost.model.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mapcost.model.cost.Interval;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// How many instructions a kernel's operations take: what prices start from where nobody published
/// a time.
///
/// They were recorded in four kernels (5.10, 6.1, 6.12, 7.2) in an emulator that counts
/// instructions; other versions take those of the newest recorded kernel that is not newer than
/// they are. Instructions say nothing of what a cache miss, a flush or an exception costs.
///
/// @param kernel the kernel they are for
/// @param recordedIn the kernel the counts were recorded in
/// @param counts one entry for every [Operation]
/// @param fits what whole calls took, from which the counts were taken apart
public record Instructions(
    String kernel, String recordedIn, Map<Operation, Count> counts, List<Fit> fits) {
  private static final List<String> RECORDED = List.of("5.10", "6.1", "6.12", "7.2");
  private static final File FILE = read();

  /// The length of one operation.
  ///
  /// @param interval instructions
  /// @param source how it was derived from recordings, or `none`
  public record Count(Interval interval, String source) {}

  /// A line through the recorded lengths of a whole call.
  ///
  /// @param name the call and its conditions
  /// @param per what is counted; `-` for a call that was recorded as a whole
  /// @param constant instructions of the call whatever is counted
  /// @param slope instructions for each thing counted
  /// @param residual how far the farthest recording lies from the line
  public record Fit(String name, String per, double constant, double slope, double residual) {}

  public Instructions {
    counts = Collections.unmodifiableMap(new EnumMap<>(counts));
    fits = List.copyOf(fits);
  }

  /// The counts for a kernel by name, such as `5.11` or `6.1`.
  public static Instructions of(String kernel) {
    String nearest = RECORDED.getFirst();
    for (String recorded : RECORDED) {
      if (compare(recorded, kernel) <= 0) {
        nearest = recorded;
      }
    }
    Map<Operation, Count> counts = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      Entry entry = Objects.requireNonNull(FILE.operations.get(operation.key()), operation.key());
      List<Double> ends = Objects.requireNonNull(entry.counts.get(nearest), operation.key());
      counts.put(
          operation,
          new Count(
              new Interval(ends.get(0), ends.get(1), ends.get(2)),
              entry.source.equals("none") ? "none" : "kernel " + nearest + ": " + entry.source));
    }
    String in = nearest;
    return new Instructions(
        kernel, nearest, counts, FILE.fits.stream().map(line -> line.toFit(in)).toList());
  }

  public Count count(Operation operation) {
    return Objects.requireNonNull(counts.get(operation));
  }

  /// How a count is known: `recorded` in this series, `inferred` from another, `none` for a guess.
  public String evidence(Operation operation) {
    if (count(operation).source().equals("none")) {
      return "none";
    }
    return evidence();
  }

  /// How what was recorded applies to this kernel: `recorded` in its series or `inferred` from
  /// another.
  public String evidence() {
    return compare(recordedIn, kernel) == 0 ? Evidence.RECORDED.key() : Evidence.INFERRED.key();
  }

  /// Compares release numbers by their first two parts.
  private static int compare(String a, String b) {
    String[] left = a.split("[.]", -1);
    String[] right = b.split("[.]", -1);
    for (int i = 0; i < 2; i++) {
      int order = Integer.compare(part(left, i), part(right, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int part(String[] parts, int index) {
    String digits = index < parts.length ? parts[index].replaceFirst("[^0-9].*", "") : "";
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  private static File read() {
    YAMLMapper yaml =
        YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    try (InputStream in = Instructions.class.getResourceAsStream("instructions.yaml")) {
      return yaml.readValue(Objects.requireNonNull(in), File.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The file as it is written.
  record File(LinkedHashMap<String, Entry> operations, List<Line> fits) {}

  /// One operation as it is written.
  record Entry(String source, LinkedHashMap<String, List<Double>> counts) {}

  /// One fit as it is written, with constant, slope and residual for each recorded kernel.
  record Line(String name, String per, LinkedHashMap<String, List<Double>> lines) {
    Fit toFit(String kernel) {
      List<Double> line = Objects.requireNonNull(lines.get(kernel), name);
      return new Fit(name, per, line.get(0), line.get(1), line.get(2));
    }
  }
}
