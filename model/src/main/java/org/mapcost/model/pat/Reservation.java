package org.mapcost.model.pat;

/// The answer to a request for a memory type.
///
/// @param errno 0, or one of [Errno]
/// @param type when granted, the type to map with, which may differ from the one asked for; when
///   refused, the type that stood in the way
public record Reservation(int errno, CacheMode type) {
  private static final Reservation[] GRANTED = all(0);
  private static final Reservation[] BUSY = all(Errno.EBUSY);
  private static final Reservation[] INVALID = all(Errno.EINVAL);

  /// Granted.
  public static Reservation granted(CacheMode type) {
    return GRANTED[type.ordinal()];
  }

  static Reservation busy(CacheMode type) {
    return BUSY[type.ordinal()];
  }

  /// Refused, for the type stands in the way (`-EINVAL`).
  public static Reservation invalid(CacheMode type) {
    return INVALID[type.ordinal()];
  }

  public boolean granted() {
    return errno == 0;
  }

  /// One instance for each answer, so that answering allocates nothing.
  private static Reservation[] all(int errno) {
    CacheMode[] modes = CacheMode.values();
    Reservation[] all = new Reservation[modes.length];
    for (CacheMode mode : modes) {
      all[mode.ordinal()] = new Reservation(errno, mode);
    }
    return all;
  }
}
