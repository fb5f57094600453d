package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import java.util.Set;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.vma.VmFault;

/// A proposal: TTM's handler maps its window with one `apply_to_page_range` instead of page by
/// page: no look-up, one page-table lock, and the driver answers for the caching mode. No kernel
/// has it.
@AutoService(Strategy.class)
public final class TtmFaultApplyRange implements Strategy {
  @Override
  public String name() {
    return "ttm-fault-apply-range";
  }

  @Override
  public String description() {
    return "proposal: TTM's handler with one apply_to_page_range for its pages; no look-up";
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
    long end = Math.min(page + world.ttmWindow().pages(), world.vma().pages());
    world
        .insertion()
        .applyToPageRange(world.vma(), page, end - page, world.scenario().mode(), world.meter());
    return VmFault.NOPAGE;
  }
}
