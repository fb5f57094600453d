package org.mapcost.model.units;

import org.mapcost.model.InputException;

/// A number of 4 KiB pages, zero or more.
public record Pages(long value) implements Comparable<Pages> {
  public static final long PAGE_SIZE = 1L << PhysicalAddress.PAGE_SHIFT;

  public Pages {
    if (value < 0) {
      throw new IllegalArgumentException("a buffer has zero or more pages, not " + value);
    }
  }

  /// Reads `1024pages`, `1page`, or a size such as `64MiB` that is a whole number of pages.
  public static Pages parse(String text) {
    String stripped = text.strip();
    for (String unit : new String[] {"pages", "page"}) {
      if (stripped.endsWith(unit)) {
        String digits =
            stripped.substring(0, stripped.length() - unit.length()).strip().replace("_", "");
        try {
          long pages = Long.parseLong(digits);
          if (pages >= 0) {
            return new Pages(pages);
          }
        } catch (NumberFormatException e) {
          // Falls through to the message below.
        }
        throw new InputException(
            "'" + text + "' is no number of pages: write, for example, 1024pages.");
      }
    }
    long bytes = Bytes.parse(stripped).value();
    if (bytes % PAGE_SIZE != 0) {
      throw new InputException(
          "'"
              + text
              + "' is not a whole number of 4 KiB pages; the next size that is: "
              + new Bytes((bytes / PAGE_SIZE + 1) * PAGE_SIZE)
              + ".");
    }
    return new Pages(bytes / PAGE_SIZE);
  }

  public Bytes bytes() {
    return Bytes.ofPages(value);
  }

  @Override
  public int compareTo(Pages other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value == 1 ? "1 page" : value + " pages";
  }
}
