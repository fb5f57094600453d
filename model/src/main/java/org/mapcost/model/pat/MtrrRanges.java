package org.mapcost.model.pat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mapcost.model.InputException;
import org.mapcost.model.TextFile;

/// Memory type registers as firmware and `/proc/mtrr` give them: ranges with a type each, and the
/// type of everything else.
///
/// Where ranges overlap, uncached wins, write-through wins over write-back, and any other two types
/// count as uncached. A range that several types share gets what its parts combine to in the same
/// way, so it is write-back only if every byte is.
///
/// @param otherwise the type of memory in no range (the kernel logs it as `MTRR default type`)
/// @param ranges the variable ranges in use; the fixed ones below 1 MiB are left out
public record MtrrRanges(CacheMode otherwise, List<Memtype> ranges) implements Mtrr {
  private static final String WHAT = "/proc/mtrr";
  private static final String TYPE =
      "uncachable|write-combining|write-through|write-protect|write-back";

  /// `reg00: base=0x0c0000000 ( 3072MB), size= 1024MB, count=1: uncachable`; up to 2.6 the type
  /// stood before the count.
  private static final Pattern LINE =
      Pattern.compile(
          "reg\\d+: base=0x(?<base>\\p{XDigit}{1,16}) \\([^)]*\\), size= *(?<size>\\d{1,12})"
              + "(?<unit>KB|MB)(?:, count=\\d+)?: (?<type>"
              + TYPE
              + ")(?:, count=\\d+)?");

  public MtrrRanges {
    ranges = List.copyOf(ranges);
  }

  /// Reads a file. Throws [InputException] when it is missing, unreadable, or no `/proc/mtrr`.
  public static MtrrRanges read(Path file, CacheMode otherwise) {
    return parse(file.toString(), TextFile.read(file, WHAT), otherwise);
  }

  /// Reads text; `file` names it in messages.
  public static MtrrRanges parse(String file, String text, CacheMode otherwise) {
    List<Memtype> ranges = new ArrayList<>();
    int number = 0;
    for (String raw : text.split("\r\n|\r|\n", -1)) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher m = LINE.matcher(line);
      if (!m.matches()) {
        throw InputException.at(
            file,
            number,
            "no line of /proc/mtrr (reg00: base=0x... (...MB), size=...MB, count=1: TYPE): '%s'."
                .formatted(line.length() <= 60 ? line : line.substring(0, 57) + "..."));
      }
      long base = Long.parseUnsignedLong(m.group("base"), 16);
      long bytes = Long.parseLong(m.group("size")) << (m.group("unit").equals("KB") ? 10 : 20);
      if (base < 0 || bytes <= 0 || base + bytes < 0) {
        throw InputException.at(file, number, "the range is empty or beyond any address.");
      }
      ranges.add(new Memtype(base, base + bytes, type(m.group("type"))));
    }
    return new MtrrRanges(otherwise, ranges);
  }

  private static CacheMode type(String name) {
    return switch (name) {
      case "write-back" -> CacheMode.WB;
      case "write-combining" -> CacheMode.WC;
      case "write-through" -> CacheMode.WT;
      case "write-protect" -> CacheMode.WP;
      default -> CacheMode.UC;
    };
  }

  /// Combines the types of all parts of `[start, end)`, which is not empty.
  @Override
  public CacheMode type(long start, long end) {
    CacheMode type = typeAt(start);
    for (Memtype range : ranges) {
      // The type can change only where a range begins or ends.
      if (start < range.start() && range.start() < end) {
        type = combine(type, typeAt(range.start()));
      }
      if (start < range.end() && range.end() < end) {
        type = combine(type, typeAt(range.end()));
      }
    }
    return type;
  }

  private CacheMode typeAt(long address) {
    CacheMode type = null;
    for (Memtype range : ranges) {
      if (range.start() <= address && address < range.end()) {
        type = type == null ? range.type() : combine(type, range.type());
      }
    }
    return type == null ? otherwise : type;
  }

  private static CacheMode combine(CacheMode a, CacheMode b) {
    if (a == b) {
      return a;
    }
    boolean through =
        (a == CacheMode.WB && b == CacheMode.WT) || (a == CacheMode.WT && b == CacheMode.WB);
    return through ? CacheMode.WT : CacheMode.UC;
  }
}
