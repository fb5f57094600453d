package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import java.util.Set;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.vma.VmFault;
import org.mapcost.model.vma.VmFlag;

/// `dma_mmap_wc` of a coherent buffer: one `remap_pfn_range` over the whole VMA. On x86 devices are
/// coherent, and the wish for write-combining is dropped: the mapping is write-back.
@AutoService(Strategy.class)
public final class DmaMmapWc implements Strategy {
  @Override
  public String name() {
    return "dma-mmap-wc";
  }

  @Override
  public String description() {
    return "the whole VMA at mmap with dma_mmap_wc; on x86 that is write-back";
  }

  @Override
  public Traits traits(Kernel kernel) {
    return Traits.pfnMapCow(
        kernel,
        Set.of(Memory.RAM),
        "accepted over the whole VMA; a write copies the page",
        VmFlag.IO);
  }

  @Override
  public Supply supply(Kernel kernel) {
    return Supply.CONTIGUOUS;
  }

  @Override
  public void load(World world) {
    // The buffer is RAM: nothing to reserve.
  }

  @Override
  public int map(World world) {
    world.newVma(Set.of());
    long pages = world.scenario().pages();
    return world.driverRange().dmaMmapWc(world.vma(), world.addressOf(0), pages, 0, world.meter());
  }

  @Override
  public VmFault fault(World world, long page) {
    return VmFault.SIGBUS;
  }
}
