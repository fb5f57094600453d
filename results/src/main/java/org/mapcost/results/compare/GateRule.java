package org.mapcost.results.compare;

import java.util.regex.Pattern;

/// How much worse a metric may get.
///
/// @param benchmark which measurements it holds for: its name with mode and parameters contains a
///   match
/// @param metric `score`, `p0.99`, or a secondary metric such as `instructions`
/// @param relative the change that is allowed, `0.05` for 5 %
/// @param absolute the change that is allowed however small the value is: for a time in nanoseconds
///   for each operation, for anything else in the metric's unit
public record GateRule(Pattern benchmark, String metric, double relative, double absolute) {
  public GateRule {
    if (!(relative >= 0 && relative < 100) || !(absolute >= 0)) {
      throw new IllegalArgumentException(
          "limits are zero or more: " + relative + " and " + absolute);
    }
  }
}
