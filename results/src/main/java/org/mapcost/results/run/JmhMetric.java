package org.mapcost.results.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// One metric of a result in JMH's JSON: the primary one or a secondary one.
///
/// @param unit its `scoreUnit`, null where the file has none
/// @param forks the score of each iteration of each fork; in mode `sample`, where JMH writes
///   samples and how often each was seen, their mean, which is JMH's score too
/// @param percentiles of all samples of each fork; empty where there are none
record JmhMetric(
    @Nullable String unit, List<List<Double>> forks, SortedMap<Double, List<Double>> percentiles) {
  /// Reads metrics from a file that is being parsed.
  ///
  /// @param wrong what to throw: told what is wrong with the result, it knows which one that is
  record Reader(JsonParser json, Function<String, InputException> wrong) {
    /// The metric that begins at the current token; null, and the value is skipped, where that is
    /// no object.
    @Nullable JmhMetric read() {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        return null;
      }
      Keys keys = new Keys();
      Json.members(json, keys::read);
      return keys.metric();
    }

    /// What was read so far of one metric, whose keys may come in any order.
    private final class Keys {
      private @Nullable String unit;
      private @Nullable List<List<Double>> scores;
      private @Nullable List<WeightedSamples> samples;
      private final List<List<Double>> means = new ArrayList<>();

      void read(String key) {
        switch (key) {
          case "scoreUnit" -> unit = Json.text(json);
          case "rawData" -> {
            List<List<Double>> all = new ArrayList<>();
            elements(() -> all.add(numbers()));
            scores = all;
          }
          case "rawDataHistogram" -> {
            List<WeightedSamples> all = new ArrayList<>();
            elements(() -> all.add(fork()));
            samples = all;
          }
          default -> json.skipChildren();
        }
      }

      private List<Double> numbers() {
        List<Double> iterations = new ArrayList<>();
        elements(() -> iterations.add(number()));
        return List.copyOf(iterations);
      }

      private WeightedSamples fork() {
        WeightedSamples all = new WeightedSamples();
        List<Double> iterations = new ArrayList<>();
        elements(() -> {
          double[] sums = new double[2];
          elements(() -> {
            List<Double> pair = numbers();
            if (pair.size() != 2) {
              throw wrong.apply("has " + pair + " where a sample and its count belong");
            }
            double value = pair.getFirst();
            double count = pair.getLast();
            all.add(value, count);
            sums[0] += value * count;
            sums[1] += count;
          });
          iterations.add(sums[0] / sums[1]);
        });
        means.add(iterations);
        return all;
      }

      JmhMetric metric() {
        return samples != null
            ? new JmhMetric(unit, means, WeightedSamples.percentiles(samples))
            : new JmhMetric(
                unit, scores == null ? List.of() : scores, Collections.emptySortedMap());
      }
    }

    /// Goes through the list at the current token; a value that is no list has no elements.
    private void elements(Runnable element) {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        json.skipChildren();
        return;
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        element.run();
      }
    }

    private double number() {
      return switch (json.currentToken()) {
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDoubleValue();
        case VALUE_STRING ->
            switch (json.getString()) {
              case "NaN" -> Double.NaN;
              case "+INF", "Infinity" -> Double.POSITIVE_INFINITY;
              case "-INF", "-Infinity" -> Double.NEGATIVE_INFINITY;
              default -> throw noNumber('"' + json.getString() + '"');
            };
        case START_ARRAY -> throw noNumber("a list");
        case START_OBJECT -> throw noNumber("an object");
        default -> throw noNumber(json.getString());
      };
    }

    private InputException noNumber(String what) {
      return wrong.apply("has " + what + " where a number belongs");
    }
  }
}
