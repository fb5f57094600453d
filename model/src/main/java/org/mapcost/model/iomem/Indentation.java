package org.mapcost.model.iomem;

import java.util.List;
import org.mapcost.model.InputException;

/// How a text of `/proc/iomem` is indented: the margin all lines share, the column of the first
/// level, the step of the others.
///
/// The kernel indents by two columns. Copies are found with other steps, and with one column more
/// on indented lines than on others (mail in `format=flowed`).
record Indentation(int margin, int firstLevel, int step) {
  /// The last depth at which the kernel still indents (`MAX_IORES_LEVEL` in `kernel/resource.c`).
  static final int DEEPEST_PRINTED = 5;

  private static final int KERNEL_STEP = 2;
  private static final int[] OTHER_STEPS = {1, 3, 4, 8, 5, 6, 7};

  /// Finds the indentation that explains the text: the kernel's if it does, else the first other
  /// one that does, else the one that gets farthest before a line has no place.
  static Indentation of(String file, List<ProcIomem.Line> lines) {
    checkPrefixes(file, lines);
    int margin = lines.stream().mapToInt(ProcIomem.Line::indent).min().orElse(0);
    Indentation best = new Indentation(margin, KERNEL_STEP, KERNEL_STEP);
    int bestFits = best.fitting(lines);
    Indentation flowed = new Indentation(margin, KERNEL_STEP + 1, KERNEL_STEP);
    if (flowed.fitting(lines) > bestFits) {
      best = flowed;
      bestFits = flowed.fitting(lines);
    }
    // A single indented line proves no other step than the kernel's.
    long indented = lines.stream().filter(line -> line.indent() > margin).count();
    for (int step : OTHER_STEPS) {
      Indentation other = new Indentation(margin, step, step);
      if (other.fitting(lines) > bestFits && (indented > 1 || step < 2 * KERNEL_STEP)) {
        best = other;
        bestFits = other.fitting(lines);
      }
    }
    return best;
  }

  /// A prefix that some lines have and others lack is no prefix.
  private static void checkPrefixes(String file, List<ProcIomem.Line> lines) {
    String first = lines.getFirst().prefix();
    for (ProcIomem.Line line : lines) {
      if (line.prefix().isEmpty() != first.isEmpty()) {
        throw InputException.at(
            file,
            line.number(),
            first.isEmpty()
                ? "has a prefix '" + line.prefix() + "' that the first line lacks."
                : "lacks the prefix '" + first + "' of the first line.");
      }
    }
  }

  /// The number of lines before the first that stands at no level or skips one.
  private int fitting(List<ProcIomem.Line> lines) {
    int depthBefore = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (!isLevel(lines.get(i)) || depth(lines.get(i)) > depthBefore + 1) {
        return i;
      }
      depthBefore = depth(lines.get(i));
    }
    return lines.size();
  }

  /// Whether a line begins at the column of a level.
  boolean isLevel(ProcIomem.Line line) {
    int column = column(line);
    return column == 0 || (column >= firstLevel && (column - firstLevel) % step == 0);
  }

  /// The depth of a line that is at a level, 0 at top level.
  int depth(ProcIomem.Line line) {
    int column = column(line);
    return column == 0 ? 0 : 1 + (column - firstLevel) / step;
  }

  /// The column of a line's address behind the margin.
  int column(ProcIomem.Line line) {
    return line.indent() - margin;
  }
}
