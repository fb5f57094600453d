package org.mapcost.model.pat;

/// What differs between kernels in the tracking of memory types.
///
/// @param erase which reservation is given up for a range
/// @param sanitize how a range is cut to the processor's addresses
/// @param mtrrInvalid what a write-back request becomes where MTRRs are switched off
public record PatRules(MemtypeErase erase, Sanitize sanitize, MtrrInvalid mtrrInvalid) {
  /// The rules of 6.15, with a kernel's own way to give reservations up.
  public static PatRules with(MemtypeErase erase) {
    return new PatRules(erase, Sanitize.LAST_ADDRESS, MtrrInvalid.WB);
  }
}
