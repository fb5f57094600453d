package org.mapcost.model.pat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mapcost.model.Nearest;

/// How the CPU caches a page: `enum page_cache_mode`, in the kernel's order.
///
/// Source: `pgtable_types.h`, `memtype.h` (`cattr_name`) and `pat_init` in 5.10.
public enum CacheMode {
  /// Write-back. Zero in the kernel, which is why "a caching request" there means "not zero".
  WB("wb", "write-back", 0),
  /// Write-combining: not cached, writes are gathered.
  WC("wc", "write-combining", 1),
  /// Uncached, unless an MTRR says write-combining.
  UC_MINUS("uc-", "uncached-minus", 2),
  /// Uncached, whatever an MTRR says.
  UC("uc", "uncached", 3),
  /// Write-through.
  WT("wt", "write-through", 7),
  /// Write-protected.
  WP("wp", "write-protected", 5);

  /// The bits of a page-table entry that choose the mode (`_PAGE_CACHE_MASK`), as a slot number.
  public static final int SLOT_MASK = 7;

  private static final CacheMode[] OF_SLOT = {WB, WC, UC_MINUS, UC, WB, WP, UC_MINUS, WT};

  private final String key;
  private final String description;
  private final int slot;

  CacheMode(String key, String description, int slot) {
    this.key = key;
    this.description = description;
    this.slot = slot;
  }

  /// The short name: `wb`, `wc`, `uc-`, `uc`, `wt`, `wp`.
  public String key() {
    return key;
  }

  /// The name that the kernel prints (`cattr_name`): `write-combining`.
  public String description() {
    return description;
  }

  /// The slot of the PAT register that this mode uses on a CPU with a full PAT: 4 x the entry's PAT
  /// bit + 2 x PCD + PWT (`cachemode2protval`).
  public int slot() {
    return slot;
  }

  /// The mode of a slot, 0 to 7 (`pgprot2cachemode`).
  public static CacheMode ofSlot(int slot) {
    return OF_SLOT[slot];
  }

  /// Whether a mapping asked for in this mode may be made in the mode `granted` instead
  /// (`is_new_memtype_allowed`): a request is never made more cacheable in a way that breaks it.
  public boolean accepts(CacheMode granted) {
    return switch (this) {
      case UC_MINUS, WC -> granted != WB;
      case WT -> granted != WB && granted != WC;
      case WB, UC, WP -> true;
    };
  }

  /// Reads `wc`, `write-combining`, `uc-`, `uc_minus`, ... in any case. Throws `InputException`
  /// with the nearest known name for anything else.
  public static CacheMode parse(String text) {
    String typed = text.strip().toLowerCase(Locale.ROOT);
    List<String> known = new ArrayList<>();
    for (CacheMode mode : values()) {
      if (mode.key.equals(typed)
          || mode.description.equals(typed)
          || mode.name().toLowerCase(Locale.ROOT).equals(typed.replace('-', '_'))) {
        return mode;
      }
      known.add(mode.key);
    }
    known.addAll(Arrays.stream(values()).map(CacheMode::description).toList());
    throw Nearest.unknown("cache mode", text, known);
  }
}
