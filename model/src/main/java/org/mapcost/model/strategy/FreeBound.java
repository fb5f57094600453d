package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import java.util.Set;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.vma.VmFault;

/// The lower bound: the entries are written at `mmap`, and nothing else is done. No kernel has it.
@AutoService(Strategy.class)
public final class FreeBound implements Strategy {
  @Override
  public String name() {
    return "free";
  }

  @Override
  public String description() {
    return "bound: 4 KiB page-table entries only, no fault, no look-up, no reservation";
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
    return Traits.pfnMapCow(
        kernel, Set.of(Memory.VRAM, Memory.RAM), "unchecked; a write copies the page");
  }

  @Override
  public void load(World world) {
    // Nothing is reserved: that is the point of this bound.
  }

  @Override
  public int map(World world) {
    world.mapWhole(traits(world.kernel()).vmaFlags());
    return 0;
  }

  @Override
  public VmFault fault(World world, long page) {
    return VmFault.SIGBUS;
  }
}
