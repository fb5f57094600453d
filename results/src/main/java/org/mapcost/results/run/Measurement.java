package org.mapcost.results.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one benchmark measured at one point of its parameters, as JMH's JSON has it.
///
/// @param benchmark the full name, class and method
/// @param params the values of its `@Param` fields, in JMH's order
/// @param mode JMH's mode: `avgt`, `thrpt`, `sample`, `ss`
/// @param unit JMH's unit, such as `ns/op`
/// @param forks the score of each iteration of each fork; a fork is the unit of replication
/// @param secondary the secondary metrics by name, each iteration of each fork
public record Measurement(
    String benchmark,
    Map<String, String> params,
    String mode,
    String unit,
    List<List<Double>> forks,
    Map<String, List<List<Double>>> secondary) {
  public Measurement {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    forks = forks.stream().map(List::copyOf).toList();
    secondary = Collections.unmodifiableMap(new LinkedHashMap<>(secondary));
  }

  /// The class without its package, and the method: `ResourceWalkBenchmark.walk`.
  public String shortName() {
    return shortName(benchmark);
  }

  static String shortName(String benchmark) {
    int method = benchmark.lastIndexOf('.');
    return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
  }
}
