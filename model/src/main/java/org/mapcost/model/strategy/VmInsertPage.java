package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import java.util.Set;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.vma.PteKind;
import org.mapcost.model.vma.VmFault;

/// One page a fault with `vmf_insert_page`: ordinary entries with struct pages, no look-up, and
/// get_user_pages works.
@AutoService(Strategy.class)
public final class VmInsertPage implements Strategy {
  @Override
  public String name() {
    return "vm-insert-page";
  }

  @Override
  public String description() {
    return "one page a fault with vmf_insert_page; struct pages only, no look-up";
  }

  @Override
  public Traits traits(Kernel kernel) {
    return Traits.mixedMap(kernel, Set.of(Memory.RAM), PteKind.NORMAL);
  }

  @Override
  public VmFault fault(World world, long page) {
    return world.insertion().vmfInsertPage(world.vma(), page, world.meter());
  }
}
