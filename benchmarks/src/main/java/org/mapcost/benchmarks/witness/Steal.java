package org.mapcost.benchmarks.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// What a hypervisor took: the eighth number of the first line of `/proc/stat`, ticks of a
/// hundredth of a second over all CPUs since boot.
public final class Steal {
  /// Ticks a second, on every x86 kernel (`USER_HZ`).
  public static final double TICKS_PER_SECOND = 100;

  private static final Path STAT = Path.of("/proc/stat");

  private Steal() {}

  /// As it is now; absent where the host does not say.
  public static OptionalLong ticks() {
    return ticks(STAT);
  }

  /// The same from a file of that form.
  public static OptionalLong ticks(Path stat) {
    try (var lines = Files.lines(stat, StandardCharsets.ISO_8859_1)) {
      String[] ticks = lines.findFirst().orElse("").split("\\s+", -1);
      boolean shown = ticks.length > 8 && ticks[0].equals("cpu") && ticks[8].matches("\\d{1,18}");
      return shown ? OptionalLong.of(Long.parseLong(ticks[8])) : OptionalLong.empty();
    } catch (IOException | UncheckedIOException e) {
      return OptionalLong.empty();
    }
  }

  /// The share of the time of `cpus` CPUs, in percent, that so many ticks are in so many
  /// nanoseconds.
  public static double percent(long ticks, double nanoseconds, int cpus) {
    double available = nanoseconds / 1e9 * TICKS_PER_SECOND * cpus;
    return available > 0 ? 100 * Math.max(0, ticks) / available : 0;
  }
}
