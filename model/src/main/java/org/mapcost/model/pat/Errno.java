package org.mapcost.model.pat;

/// The error numbers that the kernel's memory-type and page-attribute calls return, negative as
/// there; zero is success.
public final class Errno {
  /// No such device or address: a range is longer than what there is.
  public static final int ENXIO = -6;

  /// No memory left.
  public static final int ENOMEM = -12;

  /// A kernel address without a mapping.
  public static final int EFAULT = -14;

  /// The memory has another type already.
  public static final int EBUSY = -16;

  /// The request makes no sense here.
  public static final int EINVAL = -22;

  private Errno() {}

  /// The name of one of these, such as `EINVAL`; the number for any other.
  public static String name(int errno) {
    return switch (errno) {
      case ENXIO -> "ENXIO";
      case EFAULT -> "EFAULT";
      case EBUSY -> "EBUSY";
      case EINVAL -> "EINVAL";
      default -> String.valueOf(errno);
    };
  }
}
