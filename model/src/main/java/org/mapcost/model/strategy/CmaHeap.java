package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import java.util.Optional;
import org.mapcost.model.kernel.HeapMmap;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Errno;
import org.mapcost.model.vma.VmFault;

/// The CMA heap of dma-buf: contiguous memory, whose handler returns the page of each fault. Only
/// shared mappings are accepted.
@AutoService(Strategy.class)
public final class CmaHeap implements Strategy {
  @Override
  public String name() {
    return "cma-heap";
  }

  @Override
  public String description() {
    return "the CMA heap: one page a fault, returned by its handler; shared mappings only";
  }

  @Override
  public Availability availability() {
    return Availability.since("5.6");
  }

  @Override
  public Optional<String> missingFrom(Kernel kernel) {
    return kernel.systemHeapMmap() == HeapMmap.ABSENT
        ? Optional.of(kernel.name() + " has no dma-buf heaps")
        : Optional.empty();
  }

  @Override
  public Traits traits(Kernel kernel) {
    return Traits.sharedPages(kernel);
  }

  @Override
  public Supply supply(Kernel kernel) {
    return Supply.CONTIGUOUS;
  }

  @Override
  public void load(World world) {
    // The heap is no device's driver and reserves nothing.
  }

  @Override
  public int map(World world) {
    if (world.isPrivate()) {
      return Errno.EINVAL;
    }
    world.newVma(traits(world.kernel()).vmaFlags(), CacheMode.WB);
    return 0;
  }

  @Override
  public VmFault fault(World world, long page) {
    return VmFault.PAGE;
  }
}
