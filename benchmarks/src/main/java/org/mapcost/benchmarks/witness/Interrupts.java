package org.mapcost.benchmarks.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/// The rows of `/proc/interrupts` that tell how often CPUs were interrupted by others.
///
/// `TLB` counts, on the CPU that is interrupted, flushes that another CPU asked for
/// (`irq_tlb_count`); `CAL` calls of a function by another CPU, of which `membarrier` is one.
/// Flushes are such calls too: seen on 6.18, they are in both rows. Both are sums over all
/// processes, so that on a host that does other work they are an upper bound. A container may hide
/// the file.
///
/// @param tlb interrupts of row `TLB` since boot, of all CPUs; absent where the row is
/// @param calls the same of row `CAL`
public record Interrupts(OptionalLong tlb, OptionalLong calls) {
  private static final Path FILE = Path.of("/proc/interrupts");

  /// No row at all.
  public static final Interrupts UNKNOWN =
      new Interrupts(OptionalLong.empty(), OptionalLong.empty());

  /// The two rows.
  public enum Row {
    TLB,
    CAL
  }

  /// As they are now.
  public static Interrupts now() {
    return read(FILE);
  }

  static Interrupts read(Path file) {
    try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      Interrupts[] found = {UNKNOWN};
      lines.forEach(line -> {
        row("TLB", line).ifPresent(sum -> found[0] = new Interrupts(sum, found[0].calls));
        row("CAL", line).ifPresent(sum -> found[0] = new Interrupts(found[0].tlb, sum));
      });
      return found[0];
    } catch (IOException | UncheckedIOException e) {
      return UNKNOWN;
    }
  }

  /// The sum of a row's numbers, one for each CPU, before its description.
  private static Optional<OptionalLong> row(String name, String line) {
    String text = line.strip();
    if (!text.startsWith(name + ":")) {
      return Optional.empty();
    }
    String[] words = text.substring(name.length() + 1).strip().split("\\s+");
    long[] counts =
        Arrays.stream(words)
            .takeWhile(word -> word.matches("\\d{1,18}"))
            .mapToLong(Long::parseLong)
            .toArray();
    return counts.length == 0
        ? Optional.empty()
        : Optional.of(OptionalLong.of(Arrays.stream(counts).sum()));
  }

  public OptionalLong row(Row row) {
    return row == Row.TLB ? tlb : calls;
  }

  /// How many were added since `before`; absent where either is unknown.
  public OptionalLong since(Interrupts before, Row row) {
    OptionalLong now = row(row);
    OptionalLong then = before.row(row);
    return now.isPresent() && then.isPresent()
        ? OptionalLong.of(now.getAsLong() - then.getAsLong())
        : OptionalLong.empty();
  }
}
