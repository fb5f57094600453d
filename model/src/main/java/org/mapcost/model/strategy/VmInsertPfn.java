package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import java.util.Set;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.vma.VmFault;

/// One page a fault with `vmf_insert_pfn`, as drm_gem_shmem does from 5.16 on and many small
/// drivers do.
@AutoService(Strategy.class)
public final class VmInsertPfn implements Strategy {
  @Override
  public String name() {
    return "vm-insert-pfn";
  }

  @Override
  public String description() {
    return "one page a fault with vmf_insert_pfn (VM_PFNMAP); each pays a look-up";
  }

  @Override
  public Traits traits(Kernel kernel) {
    return Traits.pfnMapCow(
        kernel,
        Set.of(Memory.VRAM, Memory.RAM),
        "EINVAL at mmap, by the driver; the kernel would BUG in the fault");
  }

  @Override
  public VmFault fault(World world, long page) {
    return world.insertion().vmfInsertPfn(world.vma(), page, world.addressOf(page), world.meter());
  }
}
