package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import java.util.Set;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.vma.VmFault;

/// TTM's fault handler (`ttm_bo_vm_fault_reserved`): the touched page and those behind it, 16 at
/// most, each with a look-up of its own, mapped already or not.
@AutoService(Strategy.class)
public final class TtmFault implements Strategy {
  @Override
  public String name() {
    return "ttm-fault";
  }

  @Override
  public String description() {
    return "TTM: up to 16 pages a fault, forwards; each insert pays a look-up";
  }

  @Override
  public Traits traits(Kernel kernel) {
    return TtmPrefault.traits(kernel, Set.of(Memory.VRAM, Memory.RAM));
  }

  @Override
  public VmFault fault(World world, long page) {
    return TtmPrefault.insertPages(world, page);
  }
}
