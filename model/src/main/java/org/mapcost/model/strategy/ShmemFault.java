package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import java.util.Optional;
import java.util.Set;
import org.mapcost.model.kernel.FaultInsert;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.vma.PteKind;
import org.mapcost.model.vma.VmFault;

/// `drm_gem_shmem`: one page a fault. The old form inserts the page itself, in the mode asked for,
/// while the kernel's own mapping stays write-back; from 5.16 on it inserts page frame numbers, and
/// a write-combined buffer's pages are converted before. `--set kernel.shmem_fault=page` and `=pfn`
/// compare the two on one kernel.
@AutoService(Strategy.class)
public final class ShmemFault implements Strategy {
  @Override
  public String name() {
    return "shmem-fault";
  }

  @Override
  public String description() {
    return "GEM shmem: one page a fault; up to 5.15 with its page, later as a page frame number";
  }

  @Override
  public Optional<String> missingFrom(Kernel kernel) {
    return kernel.shmemFault() == FaultInsert.ABSENT
        ? Optional.of(kernel.name() + " has no GEM shmem buffers")
        : Optional.empty();
  }

  @Override
  public Traits traits(Kernel kernel) {
    return kernel.shmemFault() == FaultInsert.PFN
        ? Traits.pfnMap(kernel, Set.of(Memory.RAM))
        : Traits.mixedMap(kernel, Set.of(Memory.RAM), PteKind.NORMAL);
  }

  @Override
  public Supply supply(Kernel kernel) {
    return kernel.shmemFault() == FaultInsert.PFN ? Supply.SHMEM_CONVERTED : Supply.SHMEM;
  }

  @Override
  public void load(World world) {
    // Its memory is no device's: nothing to reserve.
  }

  @Override
  public VmFault fault(World world, long page) {
    if (world.kernel().shmemFault() == FaultInsert.PFN) {
      return world
          .insertion()
          .vmfInsertPfn(world.vma(), page, world.addressOf(page), world.meter());
    }
    return world.insertion().vmfInsertPage(world.vma(), page, world.meter());
  }
}
