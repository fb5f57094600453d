package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import java.util.Optional;
import java.util.Set;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.vma.VmFault;

/// i915's way: one io_mapping of the aperture at driver load; the first fault maps the whole VMA
/// with `remap_io_mapping`, whose caching mode is the io_mapping's, so no page is looked up.
@AutoService(Strategy.class)
public final class IoMapping implements Strategy {
  @Override
  public String name() {
    return "io-mapping";
  }

  @Override
  public String description() {
    return "i915: one io_mapping at load, one fault maps the whole VMA; no look-up";
  }

  @Override
  public Traits traits(Kernel kernel) {
    return Traits.pfnMapCow(kernel, Set.of(Memory.VRAM), "unchecked; a write copies the page");
  }

  @Override
  public Optional<String> refuses(Scenario scenario) {
    if (scenario.mode() != CacheMode.WC) {
      return Optional.of("an io_mapping is write-combining on x86-64");
    }
    return Strategy.super.refuses(scenario);
  }

  @Override
  public void load(World world) {
    world.createIoMapping();
  }

  @Override
  public VmFault fault(World world, long page) {
    world
        .driverRange()
        .remapIoMapping(world.vma(), 0, world.vma().pages(), world.ioMapping(), world.meter());
    return VmFault.NOPAGE;
  }
}
