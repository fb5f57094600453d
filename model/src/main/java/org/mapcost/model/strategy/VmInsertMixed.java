package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import java.util.Set;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.vma.PteKind;
import org.mapcost.model.vma.VmFault;

/// One page a fault with `vmf_insert_mixed`: the call the discussion hoped would be free of
/// look-ups. Since 4.9 it is not.
@AutoService(Strategy.class)
public final class VmInsertMixed implements Strategy {
  @Override
  public String name() {
    return "vm-insert-mixed";
  }

  @Override
  public String description() {
    return "one page a fault with vmf_insert_mixed (VM_MIXEDMAP); each pays a look-up too";
  }

  @Override
  public Traits traits(Kernel kernel) {
    return Traits.mixedMap(kernel, Set.of(Memory.VRAM, Memory.RAM), PteKind.SPECIAL);
  }

  @Override
  public VmFault fault(World world, long page) {
    return world
        .insertion()
        .vmfInsertMixed(world.vma(), page, world.addressOf(page), world.meter());
  }
}
