package org.mapcost.model.iomem;

import java.util.List;
import java.util.TreeSet;
import org.mapcost.model.InputException;

/// How a text of `/proc/iomem` is indented: the margin all lines share, the column of the first
/// level, the step of the others.
///
/// The kernel indents by two columns. Copies are found with steps of 1, 3, 4 and 8, and with one
/// column more on indented lines than on others (mail in `format=flowed`).
record Indentation(String file, int margin, int firstLevel, int step) {
  /// The last depth at which the kernel still indents (`MAX_IORES_LEVEL` in `kernel/resource.c`).
  static final int DEEPEST_PRINTED = 5;

  private static final int KERNEL_STEP = 2;

  /// Finds the indentation of all lines together: the step is the smallest difference between two
  /// columns in use.
  static Indentation of(String file, List<ProcIomem.Line> lines) {
    int margin = lines.stream().mapToInt(ProcIomem.Line::indent).min().orElse(0);
    checkPrefixes(file, lines);
    TreeSet<Integer> columns = new TreeSet<>();
    for (ProcIomem.Line line : lines) {
      columns.add(line.indent() - margin);
    }
    if (columns.size() == 1) {
      return new Indentation(file, margin, KERNEL_STEP, KERNEL_STEP);
    }
    int step = Integer.MAX_VALUE;
    int before = 0;
    for (int column : columns.tailSet(1)) {
      step = Math.min(step, column - before);
      before = column;
    }
    int firstLevel = columns.higher(0);
    long indented = lines.stream().filter(line -> line.indent() > margin).count();
    if (indented == 1 && firstLevel >= 2 * KERNEL_STEP) {
      // A single indented line proves no other width than the kernel's.
      step = KERNEL_STEP;
    }
    boolean flowed = firstLevel == step + 1;
    return new Indentation(file, margin, flowed ? firstLevel : step, step);
  }

  /// A prefix that some lines have and others lack is no prefix.
  private static void checkPrefixes(String file, List<ProcIomem.Line> lines) {
    boolean prefixed = !lines.getFirst().prefix().isEmpty();
    for (ProcIomem.Line line : lines) {
      if (line.prefix().isEmpty() == prefixed) {
        throw InputException.at(
            file,
            line.number(),
            prefixed
                ? "lacks the prefix '" + lines.getFirst().prefix() + "' of the first line."
                : "has a prefix '" + line.prefix() + "' that the first line lacks.");
      }
    }
  }

  /// The depth of a line, 0 at top level.
  int depth(ProcIomem.Line line) {
    int column = line.indent() - margin;
    if (column == 0) {
      return 0;
    }
    int beyond = column - firstLevel;
    if (beyond < 0 || beyond % step != 0) {
      throw InputException.at(
          file,
          line.number(),
          "indented by %d columns, which is no level: levels are at %d, %d, %d, ..."
              .formatted(column, firstLevel, firstLevel + step, firstLevel + 2 * step));
    }
    return 1 + beyond / step;
  }
}
