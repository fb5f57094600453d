package org.mapcost.results.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mapcost.benchmarks.host.ProbePoint;

/// The probe points of a calibration and of a live validation.
///
/// @param host whose caches decide the footprints
/// @param peers CPUs besides the caller's that this process may use
record Points(HostFacts host, int peers) {
  /// Up to this many pages are flushed one by one.
  static final int CEILING = 33;

  static final List<Integer> CALIBRATED_PAGES = List.of(1, 4, 16, 33, 64, 256);

  private static final long LINE_PAIR = 128;
  private static final long LEAST_LLC = 8L << 20;

  /// Of a buffer of 64 MiB on small pages the entries alone are 128 KiB.
  static final long WALKED = 64L << 20;

  static ProbePoint shootdown(String op, int pages, boolean running) {
    return ProbePoint.of(
        "shootdown",
        "op",
        op,
        "pages",
        String.valueOf(pages),
        "running",
        String.valueOf(running),
        "peers",
        running ? "1" : "0");
  }

  static ProbePoint membarrier(int peers) {
    return ProbePoint.of(
        "membarrier", "peers", String.valueOf(peers), "running", String.valueOf(peers > 0));
  }

  static ProbePoint latency(long bytes, boolean largePages) {
    return ProbePoint.of(
        "latency", "bytes", String.valueOf(bytes), "pages", largePages ? "LARGE" : "SMALL");
  }

  static ProbePoint pages(String work, long bytes) {
    return ProbePoint.of("pages", "work", work, "bytes", String.valueOf(bytes));
  }

  static ProbePoint writeBack(String state, int lines) {
    return ProbePoint.of("write-back", "state", state, "lines", String.valueOf(lines));
  }

  static ProbePoint core(String chain) {
    return ProbePoint.of("core", "chain", chain);
  }

  static ProbePoint lock(String shape) {
    return ProbePoint.of("lock", "shape", shape, "peers", "1");
  }

  static ProbePoint fault(String memory, int faults) {
    return ProbePoint.of("fault", "memory", memory, "faults", String.valueOf(faults));
  }

  static final ProbePoint HUGE_FAULT = fault("HUGE", 2);

  /// Numbers of peers whose interrupts are measured: one, some and all.
  List<Integer> peerCounts() {
    return IntStream.of(1, (peers + 1) / 2, peers)
        .filter(each -> each >= 1 && each <= peers)
        .distinct()
        .boxed()
        .toList();
  }

  /// A footprint inside the first level.
  long inL1() {
    return rounded(host.l1d() / 3, 16 << 10);
  }

  /// A footprint inside the second level and far beyond the first.
  long inL2() {
    return rounded(host.l2() * 2 / 5, 512 << 10);
  }

  /// A footprint in the middle between second and last level, on a scale of ratios.
  long inLlc() {
    return rounded((long) Math.sqrt((double) host.l2() * Math.max(host.llc(), LEAST_LLC)), 8 << 20);
  }

  /// A footprint that no cache holds.
  long inMemory() {
    long bytes = Math.min(512L << 20, 4 * Math.max(host.llc(), LEAST_LLC));
    return bytes / (1 << 20) * (1 << 20);
  }

  private static long rounded(long bytes, long otherwise) {
    return bytes > LINE_PAIR ? bytes / LINE_PAIR * LINE_PAIR : otherwise;
  }

  /// All that a calibration measures.
  List<ProbePoint> ofCalibration() {
    List<ProbePoint> points =
        new ArrayList<>(shootdowns(List.of("MPROTECT", "RESTORE"), CALIBRATED_PAGES));
    points.add(membarrier(0));
    peerCounts().forEach(each -> points.add(membarrier(each)));
    points.add(latency(inL1(), true));
    points.add(latency(inL2(), true));
    points.add(latency(inLlc(), true));
    points.add(latency(inMemory(), true));
    points.add(latency(WALKED, true));
    points.add(latency(WALKED, false));
    points.add(core("MULTIPLY_ADD"));
    points.add(core("COMPARE_AND_SET"));
    for (String state : List.of("CLEAN", "DIRTY", "ABSENT")) {
      points.add(writeBack(state, 64));
      points.add(writeBack(state, 1024));
    }
    for (String work : List.of("READ", "CLEAR", "COPY")) {
      points.add(pages(work, inMemory()));
    }
    points.add(fault("ANONYMOUS", 64));
    points.add(fault("MEMFD", 64));
    points.add(HUGE_FAULT);
    if (peers > 0) {
      points.add(lock("LINE"));
      points.add(lock("QUEUE"));
    }
    return points;
  }

  /// One point for each operation and number of pages, with peers parked and, where there are
  /// peers, with one that runs.
  List<ProbePoint> shootdowns(List<String> operations, List<Integer> pages) {
    List<ProbePoint> points = new ArrayList<>();
    for (String op : operations) {
      for (int each : pages) {
        points.add(shootdown(op, each, false));
        if (peers > 0) {
          points.add(shootdown(op, each, true));
        }
      }
    }
    return points;
  }
}
