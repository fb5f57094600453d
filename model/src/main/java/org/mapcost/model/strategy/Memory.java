package org.mapcost.model.strategy;

import java.util.Arrays;
import java.util.Locale;
import org.mapcost.model.Nearest;

/// Where a buffer's memory is.
public enum Memory {
  /// Behind a PCI BAR of the device: not RAM, no struct pages.
  VRAM,
  /// System RAM, in pages of the kernel's allocator or pool.
  RAM;

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Memory ofKey(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown("memory", key, Arrays.stream(values()).map(Memory::key).toList()));
  }
}
