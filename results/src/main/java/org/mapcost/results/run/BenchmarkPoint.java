package org.mapcost.results.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/// One benchmark at one value of each of its parameters: what a run measures in every fork.
///
/// @param benchmark the full name, class and method
/// @param params the value of every `@Param` field
public record BenchmarkPoint(String benchmark, Map<String, String> params) {
  public BenchmarkPoint {
    if (benchmark.indexOf('.') < 0) {
      throw new IllegalArgumentException("a benchmark is a class and a method: " + benchmark);
    }
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }

  /// `ResourceWalkBenchmark.walk behaviour=w3 target=last tree=xeon-wolfpass-2s`.
  public String label() {
    return Measurement.shortName(benchmark) + " " + parameters();
  }

  /// The same with the full name of the class; `--include` looks into it.
  public String fullName() {
    return benchmark + " " + parameters();
  }

  /// `behaviour=w3 target=last tree=xeon-wolfpass-2s`.
  public String parameters() {
    return parameters(params);
  }

  static String parameters(Map<String, String> params) {
    StringJoiner all = new StringJoiner(" ");
    params.forEach((name, value) -> all.add(name + "=" + value));
    return all.toString();
  }
}
