package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import java.util.Set;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.vma.VmFault;

/// The whole VMA at `mmap` with `apply_to_page_range`: entries and nothing else. The driver answers
/// for the caching mode.
@AutoService(Strategy.class)
public final class ApplyToPageRange implements Strategy {
  @Override
  public String name() {
    return "apply-to-page-range";
  }

  @Override
  public String description() {
    return "the whole VMA at mmap with apply_to_page_range; no look-up, mode as the driver says";
  }

  @Override
  public Traits traits(Kernel kernel) {
    return Traits.pfnMapCow(
        kernel, Set.of(Memory.VRAM, Memory.RAM), "unchecked; a write copies the page");
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
