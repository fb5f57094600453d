package org.mapcost.benchmarks.linux;

import java.io.Serial;

/// A call of the kernel that failed, with its errno.
public final class SystemCallException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int errno;

  /// @param call what was called, with what tells the case: `mmap of 4096 bytes`
  /// @param errno the kernel's number
  public SystemCallException(String call, int errno) {
    super(call + ": " + Errno.describe(errno));
    this.errno = errno;
  }

  public int errno() {
    return errno;
  }

  /// `EPERM`, `ENOENT`, ...
  public String errnoName() {
    return Errno.name(errno);
  }
}
