package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import java.util.Set;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.vma.VmFault;

/// A smaller proposal: TTM's handler with one look-up a fault, for the touched page, whose answer
/// serves the whole window. No kernel has it. It rests on the buffer lying in one reservation,
/// which `ttm_mem_io_reserve` sees to.
@AutoService(Strategy.class)
public final class TtmFaultRangeLookup implements Strategy {
  @Override
  public String name() {
    return "ttm-fault-range-lookup";
  }

  @Override
  public String description() {
    return "proposal: TTM's handler with one look-up a fault for all of its pages";
  }

  @Override
  public Availability availability() {
    return Availability.PROPOSAL;
  }

  @Override
  public Traits traits(Kernel kernel) {
    return TtmPrefault.traits(kernel, Set.of(Memory.VRAM, Memory.RAM));
  }

  @Override
  public VmFault fault(World world, long page) {
    CacheMode mode = world.memtypes().lookup(world.addressOf(page), world.meter());
    return TtmPrefault.fault(world, page, mode, TtmPrefault::inMode);
  }
}
