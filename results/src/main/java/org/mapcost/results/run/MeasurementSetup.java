package org.mapcost.results.run;

import java.util.Map;
import java.util.TreeMap;

/// How a benchmark was measured, as JMH's JSON says it beside each result: the JVM, its flags, the
/// threads, the iterations. Values that differ between two results make them hard to compare.
///
/// @param values by JMH's own key, such as `jdkVersion`; absent keys are not known
public record MeasurementSetup(Map<String, String> values) {
  /// Nothing is known.
  public static final MeasurementSetup UNKNOWN = new MeasurementSetup(Map.of());

  public MeasurementSetup {
    values = new TreeMap<>(values);
  }
}
