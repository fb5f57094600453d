package org.mapcost.model.workload.trace;

/// What one line of a trace is.
sealed interface TraceLine {
  /// An event that means something here.
  record Known(TraceEvent event) implements TraceLine {}

  /// An event of another kind.
  record Unknown(String name, double at) implements TraceLine {}

  /// Events that the recorder says it lost; 0 where it does not say how many.
  record Lost(long events) implements TraceLine {}

  /// A comment, a heading, an empty line, a line of a call chain.
  record Silent() implements TraceLine {}

  /// What cannot be read.
  record Damaged() implements TraceLine {}
}
