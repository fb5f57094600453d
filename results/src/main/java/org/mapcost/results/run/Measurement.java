package org.mapcost.results.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mapcost.benchmarks.profile.Exercised;

/// What one benchmark measured at one point of its parameters, as JMH's JSON has it.
///
/// @param benchmark the full name, class and method
/// @param params the values of its `@Param` fields, in JMH's order
/// @param mode JMH's mode: `avgt`, `thrpt`, `sample`, `ss`; `histogram` for a file of HdrHistogram
/// @param unit JMH's unit, such as `ns/op`
/// @param forks the score of each iteration of each fork; a fork is the unit of replication
/// @param secondary the secondary metrics by name, each iteration of each fork
/// @param secondaryUnits the unit of each of them, empty where JMH has none
/// @param percentiles of all samples of a fork, where samples were taken: by the share of samples
///   at or below, from 0 to 1, one value for each fork
/// @param setup how it was measured
public record Measurement(
    String benchmark,
    Map<String, String> params,
    String mode,
    String unit,
    List<List<Double>> forks,
    Map<String, List<List<Double>>> secondary,
    Map<String, String> secondaryUnits,
    SortedMap<Double, List<Double>> percentiles,
    MeasurementSetup setup) {
  public Measurement {
    params = copy(params);
    forks = copy(forks);
    secondary = copy(secondary);
    secondaryUnits = copy(secondaryUnits);
    percentiles = Collections.unmodifiableSortedMap(new TreeMap<>(percentiles));
  }

  /// A measurement without samples, measured nobody says how.
  public Measurement(
      String benchmark,
      Map<String, String> params,
      String mode,
      String unit,
      List<List<Double>> forks,
      Map<String, List<List<Double>>> secondary) {
    this(
        benchmark,
        params,
        mode,
        unit,
        forks,
        secondary,
        Map.of(),
        Collections.emptySortedMap(),
        MeasurementSetup.UNKNOWN);
  }

  private static <V> Map<String, V> copy(Map<String, V> map) {
    return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  private static List<List<Double>> copy(List<List<Double>> forks) {
    List<List<Double>> copy = new ArrayList<>(forks.size());
    for (List<Double> fork : forks) {
      copy.add(List.copyOf(fork));
    }
    return Collections.unmodifiableList(copy);
  }

  /// In how many iterations a witness saw that the intended path did not run; see [Exercised].
  public int iterationsNotExercised() {
    int count = 0;
    for (List<Double> fork : secondary.getOrDefault(Exercised.NAME, List.of())) {
      for (double ran : fork) {
        count += ran == 0 ? 1 : 0;
      }
    }
    return count;
  }

  /// Whether no witness saw the intended path not run. Otherwise there are numbers, but not of
  /// this.
  public boolean exercised() {
    return iterationsNotExercised() == 0;
  }

  /// The class without its package, and the method: `ResourceWalkBenchmark.walk`. The tag of a
  /// histogram is no such name, and stays whole.
  public String shortName() {
    return mode.equals(HistogramFile.MODE) ? benchmark : shortName(benchmark);
  }

  /// `behaviour=w3 target=last`, empty without parameters.
  public String parameters() {
    return BenchmarkPoint.parameters(params);
  }

  /// What tells one measurement of a run from all others: name, mode and parameters.
  public String key() {
    String name = benchmark + " " + mode;
    return switch (params.size()) {
      case 0 -> name;
      case 1 -> name + " " + parameters();
      default -> name + " " + BenchmarkPoint.parameters(new TreeMap<>(params));
    };
  }

  static String shortName(String benchmark) {
    int method = benchmark.lastIndexOf('.');
    return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
  }
}
