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

  private static final double PICOSECONDS_PER_NANOSECOND = 1000;

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
    HistogramFile read = open(file);
    return file.toString().endsWith(".hgrm") ? List.of(read.distribution()) : read.log();
  }

  private static HistogramFile open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          file + (Files.exists(file) ? ": this is no file." : ": there is no such file."));
    }
    try {
      return new HistogramFile(file, Files.readAllLines(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read (" + e.getMessage() + ").", e);
    }
  }

  /// What a file's histograms say at any share of values: finer than [#read], which keeps the
  /// percentiles that JMH prints.
  ///
  /// @param name the tag, or the file's name where there is none
  /// @param forks value by share, one curve for each fork; a share is from 0 to 1
  public record Distribution(String name, List<SortedMap<Double, Double>> forks) {}

  /// Reads a file's whole distributions, in nanoseconds where the file says what its values are, as
  /// mapcost's do, and otherwise as they are.
  ///
  /// @throws InputException as [#read] does
  public static List<Distribution> distributions(Path file) {
    HistogramFile read = open(file);
    if (file.toString().endsWith(".hgrm")) {
      return List.of(new Distribution(read.name(), List.of(read.rows())));
    }
    boolean picoseconds =
        read.lines.stream()
            .anyMatch(line -> line.startsWith("#[mapcost") && line.contains("picoseconds"));
    double unit = picoseconds ? 1 / PICOSECONDS_PER_NANOSECOND : 1;
    List<Distribution> distributions = new ArrayList<>();
    read.tags(read.ours())
        .forEach((tag, forks) ->
            distributions.add(
                new Distribution(tag, forks.stream().map(fork -> fork.shares(unit)).toList())));
    return distributions;
  }

  private boolean ours() {
    return lines.stream().anyMatch(line -> line.startsWith(OURS));
  }

  private List<Measurement> log() {
    boolean ours = ours();
    List<Measurement> measurements = new ArrayList<>();
    tags(ours).forEach((tag, forks) -> measurements.add(measurement(tag, ours, forks)));
    return measurements;
  }

  private Map<String, List<WeightedSamples>> tags(boolean ours) {
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
    return tags;
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
  private SortedMap<Double, Double> rows() {
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
    return rows;
  }

  private Measurement distribution() {
    SortedMap<Double, Double> rows = rows();
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
