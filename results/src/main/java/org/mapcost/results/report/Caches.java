package org.mapcost.results.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mapcost.results.chart.IntervalPlot;
import org.mapcost.results.chart.Scale;
import org.mapcost.results.run.Environment;

/// The cache sizes of a host, and which of them holds how much.
///
/// @param l1 bytes of the first data cache, absent where the host does not show it
public record Caches(OptionalLong l1, OptionalLong l2, OptionalLong llc) {
  /// Where the visited nodes lie between two walks, by their footprint.
  public enum Level {
    L1("L1"),
    L2("L2"),
    LLC("LLC"),
    BEYOND("beyond");

    private final String label;

    Level(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  public static Caches of(Environment environment) {
    return new Caches(
        environment.cacheBytes(1), environment.cacheBytes(2), environment.cacheBytes(3));
  }

  /// The smallest cache that holds so many bytes; empty where a size that decides is not known.
  public Optional<Level> holding(double bytes) {
    for (Level level : List.of(Level.L1, Level.L2, Level.LLC)) {
      OptionalLong size = size(level);
      if (size.isEmpty()) {
        return Optional.empty();
      }
      if (bytes <= size.getAsLong()) {
        return Optional.of(level);
      }
    }
    return Optional.of(Level.BEYOND);
  }

  /// What falls under a level, in words: `up to 32 KiB`.
  public String range(Level level) {
    return switch (level) {
      case L1, L2, LLC -> {
        OptionalLong size = size(level);
        yield size.isPresent() ? "up to " + Scale.size(size.getAsLong()) : "size not shown";
      }
      case BEYOND -> llc.isPresent() ? "above " + Scale.size(llc.getAsLong()) : "size not shown";
    };
  }

  /// The ranges of an axis on which one unit is `bytes` bytes, up to the first unknown size.
  List<IntervalPlot.Band> bands(double bytes) {
    List<IntervalPlot.Band> bands = new ArrayList<>();
    double low = 0;
    for (Level level : List.of(Level.L1, Level.L2, Level.LLC)) {
      OptionalLong size = size(level);
      if (size.isEmpty()) {
        return bands;
      }
      double high = size.getAsLong() / bytes;
      String name = level.label() + ", " + range(level);
      bands.add(new IntervalPlot.Band(name, level.label(), low, high));
      low = high;
    }
    bands.add(
        new IntervalPlot.Band(
            "beyond the caches", Level.BEYOND.label(), low, Double.POSITIVE_INFINITY));
    return bands;
  }

  private OptionalLong size(Level level) {
    return switch (level) {
      case L1 -> l1;
      case L2 -> l2;
      case LLC -> llc;
      case BEYOND -> OptionalLong.empty();
    };
  }
}
