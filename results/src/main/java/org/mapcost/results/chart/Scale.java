package org.mapcost.results.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.mapcost.model.units.Bytes;

/// What an axis counts in: where its ticks lie and how they are written.
public enum Scale {
  /// 1, 2, 5, 10, ...
  NUMBERS {
    @Override
    List<Double> ticks(double low, double high, int level) {
      return decimals(low, high, level);
    }

    @Override
    String label(double value) {
      int decimals = Math.max(0, (int) -Math.floor(Math.log10(value) + 1e-9));
      while (decimals < MOST_DECIMALS && !whole(value * Math.pow(10, decimals))) {
        decimals++;
      }
      return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
  },
  /// Powers of two without a unit: 1, 2, 4, 8, ...
  DOUBLINGS {
    @Override
    List<Double> ticks(double low, double high, int level) {
      return octaves(low, high, OCTAVES[Math.min(level, OCTAVES.length - 1)]);
    }

    @Override
    String label(double value) {
      return NUMBERS.label(value);
    }
  },
  /// Powers of two: 4 KiB, 64 KiB, 1 MiB, ...
  BYTES {
    @Override
    List<Double> ticks(double low, double high, int level) {
      return octaves(low, high, OCTAVES[Math.min(level, OCTAVES.length - 1)]);
    }

    @Override
    String label(double value) {
      return size((long) value);
    }
  },
  /// Nanoseconds: 10 ns, 1 µs, 100 µs, ...
  TIME {
    @Override
    List<Double> ticks(double low, double high, int level) {
      return decimals(low, high, level);
    }

    @Override
    String label(double value) {
      return withUnit(value, "ns", "µs", "ms", "s");
    }
  },
  /// Hertz: 500 MHz, 1 GHz, 2 GHz, ...
  FREQUENCY {
    @Override
    List<Double> ticks(double low, double high, int level) {
      return decimals(low, high, level);
    }

    @Override
    String label(double value) {
      return withUnit(value, "Hz", "kHz", "MHz", "GHz");
    }
  },
  /// Bytes a second: 1 GB/s, 2 GB/s, ...
  BANDWIDTH {
    @Override
    List<Double> ticks(double low, double high, int level) {
      return decimals(low, high, level);
    }

    @Override
    String label(double value) {
      return withUnit(value, "B/s", "kB/s", "MB/s", "GB/s", "TB/s");
    }
  },
  /// Percent from nothing to all, evenly: 0 %, 20 %, 40 %, ... The one scale that is not
  /// logarithmic, and can hold 0.
  PERCENT {
    @Override
    List<Double> ticks(double low, double high, int level) {
      return even(low, high, Math.max(2, 10 >> level));
    }

    @Override
    String label(double value) {
      return value == 0 ? "0 %" : NUMBERS.label(value) + " %";
    }
  },
  /// Percentiles, each as one over the share that lies above it: 1 is 0 %, 10 is 90 %, 1000 is 99.9
  /// %. So every further nine takes the same room.
  NINES {
    @Override
    List<Double> ticks(double low, double high, int level) {
      if (level != 1) {
        return decimals(low, high, level);
      }
      // The median keeps its place beside the nines.
      return Stream.concat(decimals(low, high, 2).stream(), Stream.of(2.0))
          .filter(value -> value >= low && value <= high)
          .sorted()
          .toList();
    }

    @Override
    String label(double value) {
      int nines = Math.max(0, (int) Math.ceil(Math.log10(value) - 1e-9));
      return BigDecimal.valueOf(100 * (1 - 1 / value))
              .setScale(nines, RoundingMode.HALF_UP)
              .stripTrailingZeros()
              .toPlainString()
          + " %";
    }
  };

  /// Where a share of values, from 0 up to but not 1, stands on an axis of [#NINES].
  public static double nines(double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(share + " is no share below one");
    }
    return 1 / (1 - share);
  }

  /// Ticks are asked for at levels 0 (finest) to this.
  static final int COARSEST = 7;

  private static final int[] OCTAVES = {1, 2, 5, 10, 20, 40};
  private static final int MOST_DECIMALS = 9;

  /// So many ticks are enough to read an axis by.
  private static final int ENOUGH = 4;

  /// At most so many stand evenly on an axis that has too few round ones.
  private static final int EVENLY = 7;

  private static final double[][] MANTISSAS = {{1, 2, 5}, {1, 3}, {1}};

  /// The values between `low` and `high`, both included, that get a tick; fewer at each level.
  abstract List<Double> ticks(double low, double high, int level);

  /// The ticks of an axis with room for many: those of the finest level, and evenly spaced ones
  /// where those are too few to read by, as on an axis from 4 to 9.
  List<Double> finest(double low, double high) {
    List<Double> ticks = ticks(low, high, 0);
    boolean octaves = this == BYTES || this == DOUBLINGS || this == NINES;
    return ticks.size() >= ENOUGH || octaves ? ticks : even(low, high, EVENLY);
  }

  /// How a value is written, with its unit.
  abstract String label(double value);

  /// A size as charts and pages write it: `64 MiB`, with a space.
  public static String size(long bytes) {
    return new Bytes(bytes).toString().replaceFirst("(?<=[0-9])(?=[A-Z])", " ");
  }

  private static boolean whole(double value) {
    return Math.abs(value - Math.rint(value)) <= 1e-9 * Math.abs(value);
  }

  /// With the unit that suits, each a thousand of the one before.
  private static String withUnit(double value, String... units) {
    int unit = Math.clamp((int) Math.floor(Math.log10(value) / 3 + 1e-9), 0, units.length - 1);
    return NUMBERS.label(value / Math.pow(1000, unit)) + " " + units[unit];
  }

  /// Multiples of the smallest round step (1, 2, 5, 10, ...) of which no more than `most` fit.
  private static List<Double> even(double low, double high, int most) {
    double step = Math.pow(10, Math.floor(Math.log10((high - low) / most)));
    double[] factors = {2, 2.5, 2};
    for (int i = 0; (high - low) / step > most; i++) {
      step *= factors[i % factors.length];
    }
    List<Double> values = new ArrayList<>();
    for (double count = Math.ceil(low / step - 1e-9); count * step <= high * (1 + 1e-9); count++) {
      values.add(count * step);
    }
    return values;
  }

  private static List<Double> octaves(double low, double high, int step) {
    List<Double> values = new ArrayList<>();
    int first = (int) Math.ceil(Math.log(low) / Math.log(2) / step - 1e-9) * step;
    for (int power = first; Math.scalb(1.0, power) <= high * (1 + 1e-9); power += step) {
      values.add(Math.scalb(1.0, power));
    }
    return values;
  }

  private static List<Double> decimals(double low, double high, int level) {
    double[] mantissas = MANTISSAS[Math.min(level, MANTISSAS.length - 1)];
    int decades = 1 + Math.max(0, level - MANTISSAS.length + 1);
    List<Double> values = new ArrayList<>();
    int first = Math.floorDiv((int) Math.floor(Math.log10(low)), decades) * decades;
    for (int power = first; Math.pow(10, power) <= high; power += decades) {
      for (double mantissa : mantissas) {
        double value = mantissa * Math.pow(10, power);
        if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) {
          values.add(value);
        }
      }
    }
    return values;
  }
}
