package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import java.util.Optional;
import java.util.Set;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.vma.VmFault;
import org.mapcost.model.vma.VmFlag;

/// The whole VMA at `mmap` with one `remap_pfn_range`: one reservation, no look-up a page, no
/// fault.
@AutoService(Strategy.class)
public final class RemapPfnRange implements Strategy {
  @Override
  public String name() {
    return "remap-pfn-range";
  }

  @Override
  public String description() {
    return "the whole VMA at mmap with one remap_pfn_range; one reservation for the range";
  }

  @Override
  public Traits traits(Kernel kernel) {
    return Traits.pfnMapCow(
        kernel,
        Set.of(Memory.VRAM, Memory.RAM),
        "accepted over the whole VMA; a write copies the page",
        VmFlag.IO);
  }

  @Override
  public Optional<String> refuses(Scenario scenario) {
    return BufferMemory.isContiguous(scenario)
        ? Optional.empty()
        : Optional.of("needs physically contiguous memory, which chunks of a page pool are not");
  }

  @Override
  public int map(World world) {
    world.newVma(Set.of());
    return world
        .pfnRange()
        .remap(world.vma(), 0, world.scenario().pages(), world.addressOf(0), world.meter());
  }

  @Override
  public VmFault fault(World world, long page) {
    return VmFault.SIGBUS;
  }
}
