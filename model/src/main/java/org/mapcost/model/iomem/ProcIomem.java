package org.mapcost.model.iomem;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.TextFile;

/// Reads the text of `/proc/iomem`, as the kernel prints it and as people paste it.
///
/// The indentation is the tree. Line ends of any system, a byte-order mark, non-breaking spaces,
/// blank lines, comment lines (`#`), a prefix on every line (`> `, `/proc/iomem: `, a log's time
/// stamp), a margin common to all lines and other indentation widths are tolerated. What would make
/// the count of visited nodes wrong is refused, with file, line and reason.
///
/// What no kernel prints but damaged copies show is read as it stands and named in
/// [Reading#warnings].
public final class ProcIomem {
  static final int MAX_BYTES = TextFile.MAX_BYTES;

  private static final Pattern LINE =
      Pattern.compile(
          "(?<prefix>.*?)(?<indent>[ \\t]*)(?<start>[0-9a-fA-F]{1,16})-(?<end>[0-9a-fA-F]{1,16})"
              + " ?:(?: (?<name>.*))?");

  /// What may stand before the indentation on every line: quote marks, a file name and a colon, a
  /// log's stamp.
  private static final Pattern PREFIX = Pattern.compile("(?:.*[:\\]|>])?");

  /// Names that most files have.
  private static final List<String> COMMON_NAMES =
      List.of("Reserved", "System RAM", "PCI Bus 0000:00", "Kernel code", "Kernel data");

  private ProcIomem() {}

  /// A tree and what was odd about its text.
  public record Reading(ResourceTree tree, List<String> warnings) {
    public Reading {
      warnings = List.copyOf(warnings);
    }
  }

  /// Reads a file. Throws `InputException` when it is missing, unreadable, no text, or no
  /// `/proc/iomem`.
  public static Reading read(Path file) {
    return parse(file.toString(), TextFile.read(file, "/proc/iomem"));
  }

  /// Reads text; `file` names it in messages and becomes the tree's name.
  public static Reading parse(String file, String text) {
    List<Line> lines = lines(file, text);
    if (lines.isEmpty()) {
      throw new InputException(file + ": empty. Give the text of /proc/iomem, read as root.");
    }
    if (lines.stream().allMatch(line -> line.start == 0 && line.end == 0)) {
      throw new InputException(
          file
              + ": every address is zero, so it was read without privilege. Read /proc/iomem as"
              + " root: sudo cat /proc/iomem > FILE.");
    }
    Indentation indentation = Indentation.of(file, lines);
    List<String> warnings = new ArrayList<>();
    ResourceTree.Builder tree = new ResourceTree.Builder(file);
    int depthBefore = -1;
    for (Line line : lines) {
      if (!indentation.isLevel(line)) {
        throw InputException.at(
            file,
            line.number,
            "indented by %d columns, which is no level: the file is indented by %d."
                .formatted(indentation.column(line), indentation.step()));
      }
      int depth = indentation.depth(line);
      if (depth > depthBefore + 1) {
        throw InputException.at(
            file,
            line.number,
            depthBefore < 0
                ? "the first line is indented, so its parents are missing; give the whole file."
                : "indented by %d levels more than the line before; a level is missing here."
                    .formatted(depth - depthBefore));
      }
      depthBefore = depth;
      int nested = belowTheCap(tree, depth, line);
      warn(file, line, tree, nested, warnings);
      tree.add(nested, line.start, line.end, line.name);
    }
    ResourceTree built = tree.build();
    if (built.nodes().stream().noneMatch(Resource::isSystemRam)) {
      warnings.add(
          file + ": no 'System RAM' in it; this is a part of an iomem tree, or something else.");
    }
    if (!text.endsWith("\n") && !text.endsWith("\r")) {
      checkLastLine(file, lines);
      warnings.add(file + ": the last line has no line end; the file may have been cut off.");
    }
    return new Reading(built, warnings);
  }

  private static List<Line> lines(String file, String text) {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String raw : plain.replace('\u00a0', ' ').split("\r\n|\r|\n", -1)) {
      number++;
      String line = raw.stripTrailing();
      if (line.isBlank() || line.stripLeading().startsWith("#")) {
        continue;
      }
      lines.add(Line.of(file, number, line));
    }
    return lines;
  }

  /// A last line without an end whose name is the beginning of another line's was cut in that name.
  private static void checkLastLine(String file, List<Line> lines) {
    Line last = lines.getLast();
    Stream<String> names = Stream.concat(lines.stream().map(Line::name), COMMON_NAMES.stream());
    names
        .filter(name -> name.startsWith(last.name) && !name.equals(last.name))
        .findFirst()
        .ifPresent(name -> {
          throw InputException.at(
              file,
              last.number,
              "the file ends in the middle of a line: '%s' is the beginning of '%s'. Give the whole file."
                  .formatted(last.name, name));
        });
  }

  /// The kernel stops indenting at depth 5 (`MAX_IORES_LEVEL`): there, what lies inside the line
  /// before is its child.
  private static int belowTheCap(ResourceTree.Builder tree, int depth, Line line) {
    int nested = depth;
    while (depth == Indentation.DEEPEST_PRINTED
        && tree.lastAt(nested) instanceof Resource last
        && last.start <= line.start
        && line.end <= last.end) {
      nested++;
    }
    return nested;
  }

  private static void warn(
      String file, Line line, ResourceTree.Builder tree, int depth, List<String> warnings) {
    @Nullable Resource parent = depth == 0 ? null : tree.lastAt(depth - 1);
    @Nullable Resource before = tree.lastAt(depth);
    String range = "%08x-%08x".formatted(line.start, line.end);
    if (parent != null && (line.start < parent.start || line.end > parent.end)) {
      warnings.add(
          "%s:%d: %s lies outside its parent %08x-%08x"
              .formatted(file, line.number, range, parent.start, parent.end));
    } else if (before != null && line.start <= before.end) {
      warnings.add(
          "%s:%d: %s overlaps or precedes its sibling %08x-%08x"
              .formatted(file, line.number, range, before.start, before.end));
    }
  }

  /// One line with a range. The indentation is in columns, a tab reaching to the next multiple of
  /// eight.
  record Line(int number, String prefix, int indent, long start, long end, String name) {
    static Line of(String file, int number, String line) {
      Matcher m = LINE.matcher(line);
      if (!m.matches() || !PREFIX.matcher(m.group("prefix")).matches()) {
        throw InputException.at(
            file,
            number,
            "no line of /proc/iomem (START-END : NAME): '%s'. If a line was wrapped or cut, restore it."
                .formatted(
                    line.length() <= 60 ? line.strip() : line.strip().substring(0, 57) + "..."));
      }
      long start = address(file, number, m.group("start"));
      long end = address(file, number, m.group("end"));
      if (end < start) {
        throw InputException.at(
            file, number, "the range ends before it starts: %x-%x.".formatted(start, end));
      }
      String name = m.group("name");
      if (name == null || name.isBlank()) {
        throw InputException.at(file, number, "the range has no name; the line may have been cut.");
      }
      return new Line(
          number, m.group("prefix"), columns(m.group("indent")), start, end, name.strip());
    }

    private static long address(String file, int number, String digits) {
      long value = Long.parseUnsignedLong(digits, 16);
      if (value < 0) {
        throw InputException.at(
            file, number, "address " + digits + " is beyond what an x86-64 processor can address.");
      }
      return value;
    }

    private static int columns(String indent) {
      int columns = 0;
      for (int i = 0; i < indent.length(); i++) {
        columns = indent.charAt(i) == '\t' ? (columns / 8 + 1) * 8 : columns + 1;
      }
      return columns;
    }
  }
}
