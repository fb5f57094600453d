package org.mapcost.model.pat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.TextFile;

/// Reads the text of debugfs `x86/pat_memtype_list`, as the kernel prints it and as people paste
/// it.
///
/// Up to 5.5 a line is `write-combining @ 0xd0000000-0xe0000000`, later `PAT: [mem
/// 0x00000000d0000000-0x00000000e0000000] write-combining`; in both the second address is the first
/// behind the range. Line ends of any system, a byte-order mark, blank lines, comment lines (`#`),
/// indentation, a missing header line and a prefix (`> `, a log's time stamp) are tolerated. A line
/// that stands for left-out entries is refused, since a look-up would miss them.
public final class MemtypeList {
  private static final String WHAT = "/sys/kernel/debug/x86/pat_memtype_list";
  private static final String RANGE =
      "(?:0x)?(?<start>\\p{XDigit}{1,16})-(?:0x)?(?<end>\\p{XDigit}{1,16})";

  /// What may stand before an entry: quote marks, a log's stamp.
  private static final String PREFIX = "(?:.*[:\\]|>])?\\s*";

  private static final Pattern HEADER = Pattern.compile(PREFIX + "PAT memtype list:");
  private static final Pattern OLD = Pattern.compile(PREFIX + "(?<type>[a-zA-Z-]+) @ " + RANGE);
  private static final Pattern NEW =
      Pattern.compile("(?:.*[:\\]|>\\s])?PAT: \\[mem " + RANGE + "\\]\\s+(?<type>\\S+)");
  private static final Pattern LEFT_OUT = Pattern.compile("(?:\\.{2,}|\u2026|\\s)+");

  private MemtypeList() {}

  /// The reservations of a list in its order, and what was odd about the text.
  public record Reading(List<Memtype> entries, List<String> warnings) {
    public Reading {
      entries = List.copyOf(entries);
      warnings = List.copyOf(warnings);
    }

    /// A new tree that holds the entries in the order of the list.
    public MemtypeTree tree() {
      MemtypeTree tree = new MemtypeTree();
      entries.forEach(tree::insert);
      return tree;
    }
  }

  /// Reads a file. Throws [InputException] when it is missing, unreadable, no text, or no such
  /// list.
  public static Reading read(Path file) {
    return parse(file.toString(), TextFile.read(file, WHAT));
  }

  /// Reads text; `file` names it in messages.
  public static Reading parse(String file, String text) {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    List<Memtype> entries = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    MemtypeTree before = new MemtypeTree();
    long last = 0;
    boolean header = false;
    int number = 0;
    for (String raw : plain.replace('\u00a0', ' ').split("\r\n|\r|\n", -1)) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (HEADER.matcher(line).matches()) {
        header = true;
        continue;
      }
      Memtype entry = entry(file, number, line);
      warn(file, number, entry, last, before, warnings);
      entries.add(entry);
      before.insert(entry);
      last = entry.start();
    }
    if (!header && entries.isEmpty()) {
      throw new InputException(file + ": empty. Give the text of " + WHAT + ", read as root.");
    }
    if (!header) {
      warnings.add(
          file + ": lacks the first line 'PAT memtype list:'; it may be a part of a list.");
    }
    if (!text.endsWith("\n") && !text.endsWith("\r")) {
      warnings.add(file + ": the last line has no line end; the file may have been cut off.");
    }
    return new Reading(entries, warnings);
  }

  private static Memtype entry(String file, int number, String line) {
    Matcher m = NEW.matcher(line);
    if (!m.matches()) {
      m = OLD.matcher(line);
    }
    if (!m.matches()) {
      throw InputException.at(
          file,
          number,
          LEFT_OUT.matcher(line).matches()
              ? "entries are left out here ('" + line + "'); give the whole list."
              : "no line of pat_memtype_list (PAT: [mem START-END] TYPE): '%s'. If a line was wrapped or cut, restore it."
                  .formatted(line.length() <= 60 ? line : line.substring(0, 57) + "..."));
    }
    long start = address(file, number, m.group("start"));
    long end = address(file, number, m.group("end"));
    if (end <= start) {
      throw InputException.at(
          file,
          number,
          "the range is empty: %x-%x (the second address is the first behind the range)."
              .formatted(start, end));
    }
    return new Memtype(start, end, type(file, number, m.group("type")));
  }

  private static long address(String file, int number, String digits) {
    long value = Long.parseUnsignedLong(digits, 16);
    if (value < 0) {
      throw InputException.at(
          file, number, "address " + digits + " is beyond what an x86-64 processor can address.");
    }
    return value;
  }

  private static CacheMode type(String file, int number, String typed) {
    for (CacheMode mode : CacheMode.values()) {
      if (mode.description().equals(typed)) {
        return mode;
      }
    }
    List<String> known = Arrays.stream(CacheMode.values()).map(CacheMode::description).toList();
    throw new InputException(
        file + ":" + number + ": " + Nearest.unknown("memory type", typed, known).getMessage());
  }

  private static void warn(
      String file,
      int number,
      Memtype entry,
      long last,
      MemtypeTree before,
      List<String> warnings) {
    if (entry.start() < last) {
      warnings.add(
          "%s:%d: starts before the line before; the kernel prints in ascending order"
              .formatted(file, number));
    }
    if (before.checkConflict(entry.start(), entry.end(), entry.type(), false) == null) {
      warnings.add(
          "%s:%d: overlaps an entry of another type, which no kernel allows"
              .formatted(file, number));
    }
  }
}
