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
public record Instructions(String kernel, String recordedIn, Map<Operation, Count> counts) {
  private static final List<String> RECORDED = List.of("5.10", "6.1", "6.12", "7.2");
  private static final Map<String, Entry> FILE = read();

  /// The length of one operation.
  ///
  /// @param interval instructions
  /// @param source how it was derived from recordings, or `none`
  public record Count(Interval interval, String source) {}

  public Instructions {
    counts = Collections.unmodifiableMap(new EnumMap<>(counts));
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
      Entry entry = Objects.requireNonNull(FILE.get(operation.key()), operation.key());
      List<Double> ends = Objects.requireNonNull(entry.counts.get(nearest), operation.key());
      counts.put(
          operation,
          new Count(
              new Interval(ends.get(0), ends.get(1), ends.get(2)),
              entry.source.equals("none") ? "none" : "kernel " + nearest + ": " + entry.source));
    }
    return new Instructions(kernel, nearest, counts);
  }

  public Count count(Operation operation) {
    return Objects.requireNonNull(counts.get(operation));
  }

  /// How a count is known: `recorded` in this series, `inferred` from another, `none` for a guess.
  public String evidence(Operation operation) {
    if (count(operation).source().equals("none")) {
      return "none";
    }
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

  private static Map<String, Entry> read() {
    YAMLMapper yaml =
        YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    try (InputStream in = Instructions.class.getResourceAsStream("instructions.yaml")) {
      return yaml.readValue(Objects.requireNonNull(in), File.class).operations;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The file as it is written.
  record File(LinkedHashMap<String, Entry> operations) {}

  /// One operation as it is written.
  record Entry(String source, LinkedHashMap<String, List<Double>> counts) {}
}
