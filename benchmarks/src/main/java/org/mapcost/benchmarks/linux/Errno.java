package org.mapcost.benchmarks.linux;

import java.util.Arrays;
import java.util.Optional;

/// The errors of Linux that the calls of this package may meet, as on x86 (`asm-generic/errno.h`).
public enum Errno {
  EPERM(1, "not permitted"),
  ENOENT(2, "there is no such thing"),
  EINTR(4, "interrupted"),
  EIO(5, "input or output failed"),
  ENXIO(6, "no such device or address"),
  EBADF(9, "no such descriptor"),
  EAGAIN(11, "try again, a limit is reached"),
  ENOMEM(12, "no memory, or too many mappings"),
  EACCES(13, "access denied"),
  EFAULT(14, "bad address"),
  EBUSY(16, "in use"),
  EEXIST(17, "exists already"),
  ENODEV(19, "no such device, or it cannot do this"),
  EINVAL(22, "invalid argument"),
  EMFILE(24, "too many descriptors"),
  ENOTTY(25, "the device does not know this request"),
  ENOSPC(28, "no space left"),
  EROFS(30, "read-only"),
  ENOSYS(38, "the kernel has no such call"),
  EOPNOTSUPP(95, "not supported"),
  ESRCH(3, "no such thread");

  private final int number;
  private final String meaning;

  Errno(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  /// The error with a number, if it is one of these.
  public static Optional<Errno> of(int number) {
    return Arrays.stream(values()).filter(each -> each.number == number).findFirst();
  }

  static String name(int number) {
    return of(number).map(Enum::name).orElse("errno " + number);
  }

  static String describe(int number) {
    return of(number)
        .map(each -> each.name() + " (" + each.meaning + ")")
        .orElse("errno " + number);
  }
}
