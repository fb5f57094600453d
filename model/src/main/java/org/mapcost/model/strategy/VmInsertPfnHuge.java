package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.vma.VmFault;

/// Huge entries (`vmf_insert_pfn_pmd`): one look-up and one entry for 2 MiB, where the buffer's
/// memory is contiguous and aligned so far; one page with `vmf_insert_pfn` elsewhere.
@AutoService(Strategy.class)
public final class VmInsertPfnHuge implements Strategy {
  @Override
  public String name() {
    return "vm-insert-pfn-huge";
  }

  @Override
  public String description() {
    return "2 MiB a fault with vmf_insert_pfn_pmd where buffer and addresses fit, else one page";
  }

  @Override
  public Traits traits(Kernel kernel) {
    return HugePages.traits(kernel);
  }

  @Override
  public VmFault fault(World world, long page) {
    VmFault huge = HugePages.fault(world, page);
    return huge == VmFault.FALLBACK
        ? world.insertion().vmfInsertPfn(world.vma(), page, world.addressOf(page), world.meter())
        : huge;
  }
}
