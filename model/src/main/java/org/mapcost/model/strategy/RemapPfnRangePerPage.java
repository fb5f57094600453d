package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import java.util.Optional;
import java.util.Set;
import org.mapcost.model.kernel.HeapMmap;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.vma.VmFault;

/// The system heap of dma-buf up to 6.16: `mmap` calls `remap_pfn_range` for each page, and each
/// looks its page up. A mapping of one page is a whole VMA and is reserved instead.
@AutoService(Strategy.class)
public final class RemapPfnRangePerPage implements Strategy {
  @Override
  public String name() {
    return "remap-pfn-range-per-page";
  }

  @Override
  public String description() {
    return "system heap up to 6.16: one remap_pfn_range a page at mmap, each with a look-up";
  }

  @Override
  public Availability availability() {
    return new Availability("5.6", "6.16", false);
  }

  @Override
  public Optional<String> missingFrom(Kernel kernel) {
    return SystemHeap.missing(kernel, HeapMmap.PER_PAGE);
  }

  @Override
  public Traits traits(Kernel kernel) {
    return SystemHeap.traits(kernel, "page");
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
      for (long page = chunk.firstPage(); page < chunk.firstPage() + chunk.pages(); page++) {
        int result =
            world.pfnRange().remap(world.vma(), page, 1, world.addressOf(page), world.meter());
        if (result != 0) {
          return result;
        }
      }
    }
    return 0;
  }

  @Override
  public VmFault fault(World world, long page) {
    return VmFault.SIGBUS;
  }
}
