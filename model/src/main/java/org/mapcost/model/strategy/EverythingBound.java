package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import java.util.Set;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.vma.VmFault;

/// The upper bound: every page has a fault, a look-up and, in RAM, a caching transition of its own.
/// No kernel has it.
@AutoService(Strategy.class)
public final class EverythingBound implements Strategy {
  @Override
  public String name() {
    return "everything";
  }

  @Override
  public String description() {
    return "bound: a fault, a look-up and (in RAM) a caching transition for every page";
  }

  @Override
  public Availability availability() {
    return Availability.PROPOSAL;
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public Traits traits(Kernel kernel) {
    return Traits.pfnMap(kernel, Set.of(Memory.VRAM, Memory.RAM));
  }

  @Override
  public boolean convertsEachPage() {
    return true;
  }

  @Override
  public VmFault fault(World world, long page) {
    world.memory().convertPage(page, world.meter());
    return world.insertion().vmfInsertPfn(world.vma(), page, world.addressOf(page), world.meter());
  }
}
