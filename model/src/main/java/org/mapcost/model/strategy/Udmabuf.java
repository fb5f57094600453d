package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import java.util.Optional;
import java.util.Set;
import org.mapcost.model.kernel.FaultInsert;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Errno;
import org.mapcost.model.vma.VmFault;

/// udmabuf: the pages of a memfd, cached, one a fault. The old handler returns the page; later ones
/// insert page frame numbers. `--set kernel.udmabuf_fault=page` and `=pfn` compare the two.
@AutoService(Strategy.class)
public final class Udmabuf implements Strategy {
  @Override
  public String name() {
    return "udmabuf";
  }

  @Override
  public String description() {
    return "udmabuf: one page of a memfd a fault; its page first, later a page frame number";
  }

  @Override
  public Optional<String> missingFrom(Kernel kernel) {
    return kernel.udmabufFault() == FaultInsert.ABSENT
        ? Optional.of(kernel.name() + " has no udmabufs")
        : Optional.empty();
  }

  @Override
  public Traits traits(Kernel kernel) {
    return kernel.udmabufFault() == FaultInsert.PFN
        ? Traits.pfnMap(kernel, Set.of(Memory.RAM))
        : Traits.sharedPages(kernel);
  }

  @Override
  public Supply supply(Kernel kernel) {
    return Supply.SHMEM;
  }

  @Override
  public void load(World world) {
    // Its memory is no device's: nothing to reserve.
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
    if (world.kernel().udmabufFault() == FaultInsert.PFN) {
      return world
          .insertion()
          .vmfInsertPfn(world.vma(), page, world.addressOf(page), world.meter());
    }
    return VmFault.PAGE;
  }
}
