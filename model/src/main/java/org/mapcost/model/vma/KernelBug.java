package org.mapcost.model.vma;

import java.io.Serial;

/// A `BUG_ON` that a caller ran into: the kernel kills the task and says where.
public final class KernelBug extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public KernelBug(String where) {
    super(where);
  }
}
