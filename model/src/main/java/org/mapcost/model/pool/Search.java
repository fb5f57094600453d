package org.mapcost.model.pool;

import java.util.Arrays;
import java.util.Locale;
import org.mapcost.model.Nearest;

/// Whether an allocation asks the pools again after one had nothing.
public enum Search {
  /// For every chunk. Read in 5.12.
  EVERY_CHUNK,
  /// Once more at every lower order. Read in the 5.15 and 6.6 stable trees; chunks and attribute
  /// changes are those of [#EVERY_CHUNK], there are fewer looks.
  EVERY_ORDER,
  /// Not before an allocation from the system failed and the order had to be lowered. Read in 6.15;
  /// recorded in 7.2, without a failed allocation.
  AFTER_FAILURE;

  /// `every-chunk`, ...
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Search ofKey(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown("pool search", key, Arrays.stream(values()).map(Search::key).toList()));
  }
}
