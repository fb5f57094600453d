package org.mapcost.results.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads JMH's own JSON (`-rf json`), of any JMH since 1.18: `"NaN"` where a number is missing, no
/// parameters, no secondary metrics, no raw data.
///
/// A file may hold tens of thousands of results, or hundreds of megabytes of samples: what nobody
/// asks for is skipped unread, and no tree is built of the rest.
public final class JmhJson {
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
  private final JsonParser json;
  private final JmhMetric.Reader metrics;
  private int entry;

  /// Setups repeat from result to result; one of each is kept.
  private final Map<List<@Nullable String>, MeasurementSetup> setups = new HashMap<>();

  private JmhJson(String file, JsonParser json) {
    this.file = file;
    this.json = json;
    this.metrics = new JmhMetric.Reader(json, this::wrong);
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
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = Json.MAPPER.createParser(in)) {
      return new JmhJson(file.toString(), json).results();
    } catch (JacksonException e) {
      throw new InputException(
          Json.where(file.toString(), e.getLocation()) + "not JSON: " + Json.cause(e) + ".", e);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read (" + e.getMessage() + ").", e);
    }
  }

  private List<Measurement> results() {
    JsonToken first = json.nextToken();
    if (first != JsonToken.START_ARRAY) {
      throw new InputException(
          file
              + ": this is not JMH's JSON, a list of results ("
              + (first == null ? "it is empty" : "it begins with something else")
              + "); JMH writes it with -rf json.");
    }
    List<Measurement> measurements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      entry++;
      measurements.add(new Result().measurement());
    }
    return measurements;
  }

  private InputException wrong(String what) {
    return new InputException(
        file + ": result " + entry + " " + what + "; JMH writes its results with -rf json.");
  }

  /// One result, whose keys may come in any order.
  private final class Result {
    private @Nullable String benchmark;
    private @Nullable String mode;
    private @Nullable JmhMetric primary;
    private final Map<String, String> params = new LinkedHashMap<>();
    private final Map<String, JmhMetric> secondary = new LinkedHashMap<>();
    private final @Nullable String[] setup = new @Nullable String[SETUP.size()];

    Measurement measurement() {
      Json.members(json, this::read);
      if (primary == null) {
        throw wrong("has no primaryMetric");
      }
      Map<String, List<List<Double>>> forks = new LinkedHashMap<>();
      Map<String, String> units = new LinkedHashMap<>();
      secondary.forEach((name, metric) -> {
        forks.put(name, metric.forks());
        units.put(name, metric.unit() == null ? "" : metric.unit());
      });
      return new Measurement(
          known(benchmark, "benchmark"),
          params,
          known(mode, "mode"),
          known(primary.unit(), "scoreUnit"),
          primary.forks(),
          forks,
          units,
          primary.percentiles(),
          setups.computeIfAbsent(Arrays.asList(setup), JmhJson::setup));
    }

    private void read(String key) {
      switch (key) {
        case "benchmark" -> benchmark = Json.text(json);
        case "mode" -> mode = Json.text(json);
        case "primaryMetric" -> primary = metrics.read();
        case "params" ->
            Json.members(json, name -> params.put(name, Objects.requireNonNullElse(setting(), "")));
        case "secondaryMetrics" ->
            Json.members(
                json,
                name ->
                    Optional.ofNullable(metrics.read())
                        .ifPresent(metric -> secondary.put(name, metric)));
        default -> {
          int known = SETUP.indexOf(key);
          if (known >= 0) {
            setup[known] = setting();
          } else {
            json.skipChildren();
          }
        }
      }
    }
  }

  private <T> T known(@Nullable T value, String key) {
    if (value == null) {
      throw wrong("has no " + key);
    }
    return value;
  }

  /// The text of a value, of a list all of its texts; null where there is none.
  private @Nullable String setting() {
    JsonToken token = json.currentToken();
    if (token == JsonToken.START_ARRAY) {
      List<@Nullable String> all = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        all.add(setting());
      }
      return all.toString();
    }
    json.skipChildren();
    return token.isScalarValue() && token != JsonToken.VALUE_NULL ? json.getString() : null;
  }

  private static MeasurementSetup setup(List<@Nullable String> values) {
    Map<String, String> known = new TreeMap<>();
    for (int i = 0; i < SETUP.size(); i++) {
      String value = values.get(i);
      if (value != null) {
        known.put(SETUP.get(i), value);
      }
    }
    return new MeasurementSetup(known);
  }
}
