package org.mapcost.model.strategy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mapcost.model.kernel.HeapMmap;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.vma.VmFlag;

/// What the two ways of the system heap of dma-buf to map a buffer share.
final class SystemHeap {
  private SystemHeap() {}

  /// Why a kernel's heap does not map in this way; empty when it does.
  static Optional<String> missing(Kernel kernel, HeapMmap way) {
    return switch (kernel.systemHeapMmap()) {
      case ABSENT -> Optional.of(kernel.name() + " has no dma-buf heaps");
      case PER_PAGE ->
          way == HeapMmap.PER_PAGE
              ? Optional.empty()
              : Optional.of("the system heap of " + kernel.name() + " maps page by page");
      case PER_CHUNK ->
          way == HeapMmap.PER_CHUNK
              ? Optional.empty()
              : Optional.of("the system heap of " + kernel.name() + " maps chunk by chunk");
    };
  }

  static Traits traits(Kernel kernel, String piece) {
    return Traits.pfnMapCow(
        kernel,
        Set.of(Memory.RAM),
        "refused by the first remap (EINVAL), unless one " + piece + " is the whole VMA",
        VmFlag.IO);
  }

  static List<KernelPages.Chunk> chunks(World world) {
    if (world.memory() instanceof KernelPages heap) {
      return heap.chunks();
    }
    throw new IllegalStateException("a buffer of the system heap is in the heap's pages");
  }
}
