package org.mapcost.model.vma;

/// What differs between kernels in mapping, forking and unmapping.
///
/// @param hooks how memory types of raw mappings are tracked
/// @param privateFork what fork does with the reservation of a private mapping that was written
/// @param privatePart when a part of a private mapping is refused
/// @param mixedLookup whether `vmf_insert_mixed` looks up the memory type (since 4.9)
/// @param mixedBadVma what `vmf_insert_mixed` does in a wrong VMA
/// @param zapFlush when `munmap` flushes
public record VmaRules(
    PatHooks hooks,
    PrivateFork privateFork,
    PrivatePart privatePart,
    boolean mixedLookup,
    MixedBadVma mixedBadVma,
    ZapFlush zapFlush) {

  /// Those of 5.10.
  public static final VmaRules OF_5_10 =
      new VmaRules(
          PatHooks.TRACK_PFN,
          PrivateFork.UNTRACKS,
          PrivatePart.REFUSED_FIRST,
          true,
          MixedBadVma.BUG,
          ZapFlush.BEFORE_TABLES);

  /// Whether a reservation is counted and shared by all copies and parts of a VMA.
  boolean sharesReservations() {
    return hooks != PatHooks.TRACK_PFN;
  }
}
