package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import java.util.Optional;
import java.util.Set;
import org.mapcost.model.kernel.HeapMmap;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.vma.VmFault;

/// The system heap of dma-buf in 7.x: `mmap` calls `remap_pfn_range` once for each chunk of 256, 16
/// or 1 pages. That saves calls, no look-ups: each page of a part of a VMA is looked up.
@AutoService(Strategy.class)
public final class RemapPfnRangePerChunk implements Strategy {
  @Override
  public String name() {
    return "remap-pfn-range-per-chunk";
  }

  @Override
  public String description() {
    return "system heap, 7.x: one remap_pfn_range a chunk at mmap; still a look-up a page";
  }

  @Override
  public Availability availability() {
    return Availability.since("7.0");
  }

  @Override
  public Optional<String> missingFrom(Kernel kernel) {
    return SystemHeap.missing(kernel, HeapMmap.PER_CHUNK);
  }

  @Override
  public Traits traits(Kernel kernel) {
    return SystemHeap.traits(kernel, "chunk");
  }

  @Override
  public Supply supply(Kernel kernel) {
    return Supply.SYSTEM_HEAP;
  }

  @Override
  public void load(World world) {
    // The heap is no device's driver and reserves nothing.
  }

  @Override
  public int map(World world) {
    world.newVma(Set.of(), CacheMode.WB);
    for (KernelPages.Chunk chunk : SystemHeap.chunks(world)) {
      int result =
          world
              .pfnRange()
              .remap(
                  world.vma(),
                  chunk.firstPage(),
                  chunk.pages(),
                  world.addressOf(chunk.firstPage()),
                  world.meter());
      if (result != 0) {
        return result;
      }
    }
    return 0;
  }

  @Override
  public VmFault fault(World world, long page) {
    return VmFault.SIGBUS;
  }
}
