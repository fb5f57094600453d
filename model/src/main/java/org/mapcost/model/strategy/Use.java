package org.mapcost.model.strategy;

import org.mapcost.model.InputException;

/// How a program uses a buffer beyond mapping it once, shared, and touching it.
///
/// @param mappings how often it maps the buffer; each mapping is touched before the next is made,
///   and the last is unmapped first
/// @param isPrivate whether the mappings are private and writable (`MAP_PRIVATE`), so that a write
///   copies the page
/// @param forks whether the process forks after the touches; the child ends at once
public record Use(int mappings, boolean isPrivate, boolean forks) {
  /// One shared mapping, no fork.
  public static final Use PLAIN = new Use(1, false, false);

  /// The most mappings of one buffer.
  private static final int MOST = 64;

  public Use {
    if (mappings < 1 || mappings > MOST) {
      throw new InputException("--mappings is 1 to " + MOST + ", not " + mappings + ".");
    }
  }
}
