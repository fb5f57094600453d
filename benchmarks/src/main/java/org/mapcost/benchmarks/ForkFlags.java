package org.mapcost.benchmarks;

import java.util.List;

/// The JVM flags of every measured JVM, in one place.
///
/// A fork inherits the flags of the JVM that starts it unless it is given its own, and flags that
/// make a short command start fast make a benchmark slow. So `bench` passes [#ALL] explicitly, and
/// the benchmark classes append the same.
public final class ForkFlags {
  /// Allows JMH's use of `sun.misc.Unsafe` without a warning.
  public static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";

  /// Allows native calls without a warning.
  public static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

  /// Nothing moves the nodes under measurement, and no collection falls into an iteration.
  public static final String SERIAL = "-XX:+UseSerialGC";

  /// Room enough that the collector has no reason to run while nodes are measured.
  public static final String HEAP = "-Xmx2g";

  /// A young generation that holds what a benchmark sets up.
  public static final String YOUNG = "-Xmn1500m";

  /// All of them, in the order in which they are passed.
  public static final List<String> ALL = List.of(UNSAFE, NATIVE, SERIAL, HEAP, YOUNG);

  private ForkFlags() {}
}
