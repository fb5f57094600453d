package org.mapcost.results.run;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.DoubleHistogram;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;

/// Reads the two text forms of HdrHistogram: logs (`.hlog`, versions 1.0 to 1.3), and one
/// percentile distribution as its tools print it (`.hgrm`).
///
/// Each tag becomes a measurement. In a log that mapcost wrote a line is one fork. In any other the
/// lines are moments of one process, which is one fork, however many there are; so is a
/// distribution.
public final class HistogramFile {
  /// The mode of such a measurement.
  public static final String MODE = "histogram";

  /// How a log of mapcost's own begins.
  static final String OURS = "#[mapcost: values are picoseconds per operation";

  /// What other programs record nobody knows; most record nanoseconds.
  static final String UNKNOWN_UNIT = "recorded value";

  private static final Pattern ROW =
      Pattern.compile("\\s*([0-9.]+)\\s+([0-9.]+)\\s+([0-9]+)(?:\\s+([0-9.]+|inf|Infinity))?\\s*");

  private final Path file;
  private final List<String> lines;

  private HistogramFile(Path file, List<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  /// Whether a file's name is that of a histogram.
  static boolean isOne(Path file) {
    String name = Objects.toString(file.getFileName());
    return name.endsWith(".hlog") || name.endsWith(".hgrm");
  }

  /// Reads a file.
  ///
  /// @throws InputException if it cannot be read or is of another form; the message names the file
  ///   and the line
  public static List<Measurement> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          file + (Files.exists(file) ? ": this is no file." : ": there is no such file."));
    }
    try {
      HistogramFile read =
          new HistogramFile(file, Files.readAllLines(file, StandardCharsets.ISO_8859_1));
      return file.toString().endsWith(".hgrm") ? List.of(read.distribution()) : read.log();
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read (" + e.getMessage() + ").", e);
    }
  }

  private List<Measurement> log() {
    boolean ours = lines.stream().anyMatch(line -> line.startsWith(OURS));
    Map<String, List<WeightedSamples>> tags = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#") || line.startsWith("\"StartTimestamp\"")) {
        continue;
      }
      EncodableHistogram histogram = histogram(i + 1, line);
      List<WeightedSamples> forks =
          tags.computeIfAbsent(
              Objects.requireNonNullElse(histogram.getTag(), name()), _ -> new ArrayList<>());
      if (ours || forks.isEmpty()) {
        forks.add(new WeightedSamples());
      }
      addAll(histogram, forks.getLast());
    }
    if (tags.isEmpty()) {
      throw new InputException(file + ": there is no histogram in this log.");
    }
    List<Measurement> measurements = new ArrayList<>();
    tags.forEach((tag, forks) -> measurements.add(measurement(tag, ours, forks)));
    return measurements;
  }

  private EncodableHistogram histogram(int number, String line) {
    String wrong = "not a line of a histogram log, '[Tag=T,]start,length,max,histogram'";
    @Nullable EncodableHistogram read = null;
    try {
      // A reader a line: the reader of a whole file cannot say where it stopped.
      HistogramLogReader reader =
          new HistogramLogReader(
              new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.ISO_8859_1)));
      read = reader.nextIntervalHistogram();
    } catch (RuntimeException e) {
      wrong = "the histogram cannot be decoded (" + e.getMessage() + "); is the line cut off?";
    }
    if (read == null) {
      throw new InputException(file + ":" + number + ": " + wrong + ".");
    }
    return read;
  }

  private static void addAll(EncodableHistogram histogram, WeightedSamples samples) {
    switch (histogram) {
      case Histogram whole ->
          whole
              .recordedValues()
              .forEach(each ->
                  samples.add(
                      (double) each.getValueIteratedTo(),
                      (double) each.getCountAddedInThisIterationStep()));
      case DoubleHistogram real ->
          real.recordedValues()
              .forEach(each ->
                  samples.add(
                      each.getValueIteratedTo(), (double) each.getCountAddedInThisIterationStep()));
      default -> throw new InputException("a histogram of kind " + histogram.getClass() + ".");
    }
  }

  private Measurement measurement(String tag, boolean ours, List<WeightedSamples> forks) {
    return new Measurement(
        tag,
        Map.of(),
        MODE,
        ours ? "ps/op" : UNKNOWN_UNIT,
        forks.stream().map(fork -> List.of(fork.percentile(0.5))).toList(),
        Map.of(),
        Map.of(),
        WeightedSamples.percentiles(forks),
        MeasurementSetup.UNKNOWN);
  }

  /// The rows `Value Percentile TotalCount 1/(1-Percentile)`; lines in `#[...]` are a summary.
  private Measurement distribution() {
    SortedMap<Double, Double> rows = new TreeMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.strip().startsWith("#") || line.strip().startsWith("Value ")) {
        continue;
      }
      Matcher row = ROW.matcher(line);
      if (!row.matches()) {
        throw new InputException(
            file
                + ":"
                + (i + 1)
                + ": not a row of a percentile distribution, 'value percentile count"
                + " 1/(1-percentile)'.");
      }
      rows.merge(Double.valueOf(row.group(2)), Double.valueOf(row.group(1)), Math::min);
    }
    if (rows.isEmpty()) {
      throw new InputException(file + ": there is no row of a percentile distribution here.");
    }
    SortedMap<Double, List<Double>> percentiles = new TreeMap<>();
    for (double share : WeightedSamples.SHARES) {
      SortedMap<Double, Double> atOrAbove = rows.tailMap(share);
      if (!atOrAbove.isEmpty()) {
        percentiles.put(share, List.of(atOrAbove.get(atOrAbove.firstKey())));
      }
    }
    return new Measurement(
        name(),
        Map.of(),
        MODE,
        UNKNOWN_UNIT,
        List.of(percentiles.getOrDefault(0.5, List.of())),
        Map.of(),
        Map.of(),
        percentiles,
        MeasurementSetup.UNKNOWN);
  }

  private String name() {
    return Objects.toString(file.getFileName());
  }
}
