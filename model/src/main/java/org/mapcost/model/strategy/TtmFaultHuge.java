package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import java.util.Optional;
import java.util.Set;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.vma.PteKind;
import org.mapcost.model.vma.VmFault;

/// TTM's handler with huge faults (`ttm_bo_vm_insert_huge`), which vmwgfx used: one entry and one
/// look-up for 2 MiB. Given up because get_user_pages-fast took such entries for pages.
@AutoService(Strategy.class)
public final class TtmFaultHuge implements Strategy {
  @Override
  public String name() {
    return "ttm-fault-huge";
  }

  @Override
  public String description() {
    return "TTM with huge faults (vmwgfx, 5.7 to 5.15): 2 MiB a fault where it fits, else 16 pages";
  }

  @Override
  public Availability availability() {
    return new Availability("5.7", "5.15", false);
  }

  @Override
  public Optional<String> missingFrom(Kernel kernel) {
    return kernel.ttmHugeFaults()
        ? Optional.empty()
        : Optional.of("TTM of " + kernel.name() + " maps no huge entries");
  }

  @Override
  public Traits traits(Kernel kernel) {
    Traits small = TtmPrefault.traits(kernel, Set.of(Memory.VRAM, Memory.RAM));
    return Traits.of(kernel, small.memory(), small.vmaFlags(), PteKind.HUGE, small.copyOnWrite());
  }

  @Override
  public VmFault fault(World world, long page) {
    if (!world.vma().isCow()) {
      VmFault huge = HugePages.fault(world, page);
      if (huge != VmFault.FALLBACK) {
        return huge;
      }
    }
    return TtmPrefault.insertPages(world, page);
  }
}
