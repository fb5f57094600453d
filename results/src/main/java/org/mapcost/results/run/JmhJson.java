package org.mapcost.results.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mapcost.model.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/// Reads JMH's own JSON (`-rf json`), of any JMH since 1.18: `"NaN"` where a number is missing, no
/// parameters, no secondary metrics, no raw data.
public final class JmhJson {
  private static final ObjectReader ONE =
      Json.MAPPER.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /// What a result says of the way it was measured. The path of the JVM and the number of forks are
  /// no part of it.
  private static final List<String> SETUP =
      List.of(
          "jmhVersion",
          "threads",
          "jvmArgs",
          "jdkVersion",
          "vmName",
          "vmVersion",
          "warmupIterations",
          "warmupTime",
          "warmupBatchSize",
          "measurementIterations",
          "measurementTime",
          "measurementBatchSize");

  private final String file;
  private int entry;

  /// Setups repeat from result to result; one of each is kept.
  private final Map<Map<String, String>, MeasurementSetup> setups = new LinkedHashMap<>();

  private JmhJson(String file) {
    this.file = file;
  }

  /// Reads a file.
  ///
  /// @throws InputException if it cannot be read or is not JMH's JSON; the message names the file,
  ///   and the line or the entry that is wrong
  public static List<Measurement> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          file + (Files.exists(file) ? ": this is no file." : ": there is no such file."));
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new JmhJson(file.toString()).entries(in);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read (" + e.getMessage() + ").", e);
    }
  }

  private List<Measurement> entries(InputStream in) {
    List<Measurement> measurements = new ArrayList<>();
    // Entry by entry: some files hold hundreds of megabytes of samples.
    try (JsonParser json = Json.MAPPER.createParser(in)) {
      JsonToken first = json.nextToken();
      if (first != JsonToken.START_ARRAY) {
        throw new InputException(
            file
                + ": this is not JMH's JSON, a list of results ("
                + (first == null ? "it is empty" : "it begins with something else")
                + "); JMH writes it with -rf json.");
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        entry++;
        measurements.add(measurement(ONE.readTree(json)));
      }
      return measurements;
    } catch (JacksonException e) {
      throw new InputException(
          Json.where(file, e.getLocation()) + "not JSON: " + Json.cause(e) + ".", e);
    }
  }

  private Measurement measurement(JsonNode result) {
    JsonNode metric = result.path("primaryMetric");
    if (!metric.isObject()) {
      throw wrong("has no primaryMetric");
    }
    Map<String, List<List<Double>>> secondary = new LinkedHashMap<>();
    Map<String, String> secondaryUnits = new LinkedHashMap<>();
    result
        .path("secondaryMetrics")
        .properties()
        .forEach(each -> {
          secondary.put(each.getKey(), forks(each.getValue()));
          secondaryUnits.put(each.getKey(), each.getValue().path("scoreUnit").asString(""));
        });
    Map<String, String> params = new LinkedHashMap<>();
    result
        .path("params")
        .properties()
        .forEach(each -> params.put(each.getKey(), each.getValue().asString("")));
    return new Measurement(
        text(result, "benchmark"),
        params,
        text(result, "mode"),
        text(metric, "scoreUnit"),
        forks(metric),
        secondary,
        secondaryUnits,
        percentiles(metric.path("rawDataHistogram")),
        setup(result));
  }

  private MeasurementSetup setup(JsonNode result) {
    Map<String, String> values = new TreeMap<>();
    for (String key : SETUP) {
      JsonNode value = result.path(key);
      if (!value.isMissingNode() && !value.isNull()) {
        values.put(key, value.isValueNode() ? value.asString("") : value.toString());
      }
    }
    return setups.computeIfAbsent(values, MeasurementSetup::new);
  }

  private String text(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isString()) {
      throw wrong("has no " + key);
    }
    return value.asString();
  }

  /// The score of every iteration of every fork; in mode `sample`, where JMH writes samples and how
  /// often each was seen, their mean, which is JMH's score too.
  private List<List<Double>> forks(JsonNode metric) {
    boolean samples = metric.has("rawDataHistogram");
    JsonNode raw = metric.path(samples ? "rawDataHistogram" : "rawData");
    List<List<Double>> forks = new ArrayList<>();
    for (JsonNode fork : raw) {
      List<Double> iterations = new ArrayList<>();
      for (JsonNode iteration : fork) {
        iterations.add(samples ? mean(iteration) : number(iteration));
      }
      forks.add(iterations);
    }
    return forks;
  }

  private double mean(JsonNode samples) {
    double sum = 0;
    double count = 0;
    for (JsonNode sample : samples) {
      sum += number(sample.path(0)) * number(sample.path(1));
      count += number(sample.path(1));
    }
    return sum / count;
  }

  private SortedMap<Double, List<Double>> percentiles(JsonNode forks) {
    List<WeightedSamples> samples = new ArrayList<>();
    for (JsonNode fork : forks) {
      WeightedSamples all = new WeightedSamples();
      for (JsonNode iteration : fork) {
        for (JsonNode sample : iteration) {
          all.add(number(sample.path(0)), number(sample.path(1)));
        }
      }
      samples.add(all);
    }
    return WeightedSamples.percentiles(samples);
  }

  private double number(JsonNode node) {
    if (node.isNumber()) {
      return node.asDouble();
    }
    return switch (node.asString("")) {
      case "NaN" -> Double.NaN;
      case "+INF", "Infinity" -> Double.POSITIVE_INFINITY;
      case "-INF", "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw wrong("has " + node + " where a number belongs");
    };
  }

  private InputException wrong(String what) {
    return new InputException(
        file + ": result " + entry + " " + what + "; JMH writes its results with -rf json.");
  }
}
