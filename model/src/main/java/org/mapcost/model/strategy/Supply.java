package org.mapcost.model.strategy;

/// Where a buffer's RAM comes from.
public enum Supply {
  /// The driver's page pool, `--pool`, in the caching mode that the driver asks for.
  POOL,
  /// Chunks of 1 MiB, 64 KiB and 4 KiB, the largest first, cleared and cached, as the system heap
  /// of dma-buf takes them.
  SYSTEM_HEAP,
  /// Single pages of a tmpfs file, cleared and cached (`shmem`, memfd).
  SHMEM,
  /// The same, where the driver then gives all of them the caching mode it asks for, and write-back
  /// again at the end (`drm_gem_shmem` from 5.16 on).
  SHMEM_CONVERTED,
  /// One contiguous piece, cleared and cached (CMA, `dma_alloc_wc` on x86).
  CONTIGUOUS
}
