package org.mapcost.results.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.mapcost.benchmarks.host.ProbePoint;

/// A host whose costs are known, and what forks on it would print.
record SyntheticHost(HostFacts facts, int peers) {
  static final double BASE = 900;
  static final double RESTORE = 44;
  static final double PROTECT = 46;
  static final double INVLPG = 140;
  static final double FLUSH_CALL = 60;
  static final double FULL = 150;
  static final double IPI = 4000;
  static final double CLOCK_GHZ = 3.2;

  static HostFacts twoCpus() {
    return new HostFacts(
        "GenuineIntel",
        6,
        106,
        "Intel(R) Xeon(R) \"Test\" CPU",
        Set.of("hypervisor", "invpcid", "clwb"),
        2,
        1,
        2,
        1,
        48 << 10,
        1280 << 10,
        48L << 20,
        "Not affected",
        "6.18.44-test");
  }

  Points points() {
    return new Points(facts, peers);
  }

  /// The readings of some forks, whose values differ by a per mille each.
  Readings readings(int forks, List<ProbePoint> points) {
    List<ForkReading> readings = new ArrayList<>();
    for (int fork = 0; fork < forks; fork++) {
      List<String> lines = new ArrayList<>();
      for (ProbePoint point : points) {
        double ns = nanoseconds(point) * (1 + 0.001 * fork);
        for (int slice = 0; slice < 6; slice++) {
          lines.add(slice(point, ns));
        }
        lines.add(disturbed(point, ns));
      }
      lines.add("end\t9");
      readings.add(ForkReading.parse(lines));
    }
    return new Readings(readings);
  }

  private static String slice(ProbePoint point, double ns) {
    boolean parked = "false".equals(point.params().get("running"));
    return String.format(
        Locale.ROOT,
        "slice\t%s\t%.4f\t100\t%s\t%s\tas it should be",
        point,
        ns,
        parked ? "NOT_EXERCISED" : "EXERCISED",
        parked ? "0.0" : "1.0");
  }

  /// One that its witness refutes, with a figure far off: it must not count.
  private static String disturbed(ProbePoint point, double ns) {
    return String.format(
        Locale.ROOT,
        "slice\t%s\t%.4f\t100\tNOT_EXERCISED\t%s\twrong",
        point,
        ns / 10,
        "false".equals(point.params().get("running")) ? "0.9" : "0.0");
  }

  double nanoseconds(ProbePoint point) {
    return switch (point.probe()) {
      case "shootdown" -> shootdown(point);
      case "membarrier" -> 250 + IPI * number(point, "peers");
      case "latency" -> latency(point);
      case "core" -> text(point, "chain").equals("MULTIPLY_ADD") ? 4 / CLOCK_GHZ : 6;
      case "write-back" -> 2.5 + 100.0 / number(point, "lines");
      case "pages" -> 400;
      case "lock" -> text(point, "shape").equals("LINE") ? 60 : 246;
      case "fault" -> text(point, "memory").equals("HUGE") ? 102_400 : 900;
      default -> throw new IllegalArgumentException(point.toString());
    };
  }

  private static double shootdown(ProbePoint point) {
    double n = number(point, "pages");
    double flush = FLUSH_CALL + (n <= 33 ? INVLPG * n : FULL);
    double ipi = text(point, "running").equals("true") ? IPI : 0;
    return switch (text(point, "op")) {
      case "RESTORE" -> BASE + RESTORE * n;
      case "MPROTECT" -> BASE + PROTECT * n + flush + ipi;
      case "MUNMAP" -> 2500 + 120 * n + flush + ipi;
      default -> 1500 + 130 * n + flush + ipi;
    };
  }

  private static double latency(ProbePoint point) {
    double bytes = number(point, "bytes");
    if (text(point, "pages").equals("SMALL")) {
      return 110 + 20 + 4.5;
    }
    return bytes <= 48 << 10 ? 1.5 : bytes <= 1280 << 10 ? 4.5 : bytes <= 48L << 20 ? 25 : 110;
  }

  private static double number(ProbePoint point, String key) {
    return Double.parseDouble(text(point, key));
  }

  private static String text(ProbePoint point, String key) {
    return Objects.requireNonNull(point.params().get(key), key);
  }
}
