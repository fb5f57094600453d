package org.mapcost.model.cost;

import java.util.Locale;

/// What a price may depend on besides the machine: the state in which the counted work finds
/// memory. Everything here is a choice of the scenario, not a measurement.
///
/// @param treeBytes bytes of the resource nodes one walk touches, 64 a node; 0: taken from the
///   counts
/// @param firstWalk where the first walk of each fault finds the tree; the others find it where a
///   tree of that size stays
/// @param lines in which state a cache flush finds lines that no earlier pass flushed
/// @param memtypes reservations in the memtype tree
/// @param llcDirty share of a last-level cache that is dirty when `wbinvd` runs, 0 to 1
public record Conditions(
    long treeBytes, Heat firstWalk, LineMix lines, long memtypes, double llcDirty) {
  /// A tree left in the last-level cache between faults, pages that were cleared just before, a
  /// short memtype list, a clean last-level cache.
  public static final Conditions USUAL = new Conditions(0, Heat.WARM, LineMix.ALL_DIRTY, 8, 0);

  public Conditions {
    if (treeBytes < 0 || memtypes < 0 || !(llcDirty >= 0 && llcDirty <= 1)) {
      throw new IllegalArgumentException(
          "sizes are zero or more and shares between 0 and 1: %d bytes, %d memtypes, %s dirty"
              .formatted(treeBytes, memtypes, llcDirty));
    }
  }

  /// How recently memory was used.
  public enum Heat {
    /// In the nearest cache that holds it all.
    HOT,
    /// Pushed out of the core's own caches, in the last-level cache if that holds it all.
    WARM,
    /// In memory.
    COLD;

    /// `hot`, `warm`, `cold`.
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Cache lines by state; what is neither dirty nor clean is in no cache.
  ///
  /// @param dirty share of lines that must be written back, 0 to 1
  /// @param clean share of lines that are cached and clean, 0 to 1
  public record LineMix(double dirty, double clean) {
    public static final LineMix ALL_DIRTY = new LineMix(1, 0);

    public LineMix {
      if (!(dirty >= 0 && clean >= 0 && dirty + clean <= 1 + 1e-9)) {
        throw new IllegalArgumentException(
            "shares are zero or more and together at most 1: dirty " + dirty + ", clean " + clean);
      }
    }

    public double absent() {
      return Math.max(0, 1 - dirty - clean);
    }
  }
}
