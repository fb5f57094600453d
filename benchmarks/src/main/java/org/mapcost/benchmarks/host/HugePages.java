package org.mapcost.benchmarks.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Whether memory lies on transparent huge pages, by the kernel's own account.
final class HugePages {
  private static final Path SMAPS = Path.of("/proc/self/smaps");

  private HugePages() {}

  /// Whether any of the mapping that holds an address is on pages of 2 MiB; no where the kernel
  /// does not say.
  static boolean back(long address) {
    try {
      return back(Files.readAllLines(SMAPS, StandardCharsets.ISO_8859_1), address);
    } catch (IOException e) {
      return false;
    }
  }

  static boolean back(List<String> smaps, long address) {
    boolean inside = false;
    for (String line : smaps) {
      String[] range = line.split("[- ]", 3);
      if (range.length == 3 && range[0].matches("[0-9a-f]+") && range[1].matches("[0-9a-f]+")) {
        inside =
            Long.compareUnsigned(Long.parseUnsignedLong(range[0], 16), address) <= 0
                && Long.compareUnsigned(address, Long.parseUnsignedLong(range[1], 16)) < 0;
      } else if (inside && line.startsWith("AnonHugePages:")) {
        return !line.replaceAll("\\D", "").equals("0");
      }
    }
    return false;
  }
}
