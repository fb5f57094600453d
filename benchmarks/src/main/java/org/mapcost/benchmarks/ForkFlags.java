package org.mapcost.benchmarks;

import java.util.List;
import java.util.stream.Stream;

/// The JVM flags of every measured JVM, in one place.
///
/// A fork inherits the flags of the JVM that starts it unless it is given its own, and flags that
/// make a short command start fast make a benchmark slow. So [ForkedBenchmark] names all of these
/// for the forks, and whoever starts JMH through its `Runner` may pass [#ALL] as well.
public final class ForkFlags {
  /// Allows JMH's use of `sun.misc.Unsafe` without a warning.
  public static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";

  /// Allows native calls without a warning.
  public static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

  /// A collector without concurrent threads; its full collection keeps the order of objects.
  public static final String SERIAL = "-XX:+UseSerialGC";

  /// The whole heap from the start. Only what is allocated becomes resident.
  public static final String HEAP_START = "-Xms1536m";

  /// The same as [#HEAP_START]: the heap never grows, so nothing is collected to avoid growing.
  public static final String HEAP = "-Xmx1536m";

  /// A young generation that holds whatever a benchmark sets up (eight tenths of it are eden), so
  /// that no collection moves objects between set-up and the last iteration.
  public static final String YOUNG = "-Xmn1200m";

  /// Every object begins a cache line of its own, as the kernel's 64-byte slab objects do. With the
  /// default of 8 an object of one line's size lies across two lines in seven of eight cases, by
  /// the luck of the process.
  public static final String ALIGNMENT = "-XX:ObjectAlignmentInBytes=64";

  /// Large pages under the heap, as under the kernel's own objects in its direct map. On 4 KiB
  /// pages a large structure misses the TLB at every step, and where its pages happen to lie
  /// changes a process's figures by a third.
  public static final String LARGE_PAGES = "-XX:+UseTransparentHugePages";

  /// A host without such pages is measured without them; one line of the JVM's log says so, and
  /// this keeps it from saying it twice.
  public static final String SAID_ONCE = "-XX:-PrintWarnings";

  /// What keeps a JVM under JMH silent.
  public static final List<String> SILENT = List.of(UNSAFE, NATIVE);

  /// What fixes the heap under measurement.
  public static final List<String> MEMORY =
      List.of(SERIAL, HEAP_START, HEAP, YOUNG, ALIGNMENT, LARGE_PAGES, SAID_ONCE);

  /// All of them, in the order in which they are passed.
  public static final List<String> ALL = Stream.of(SILENT, MEMORY).flatMap(List::stream).toList();

  private ForkFlags() {}
}
