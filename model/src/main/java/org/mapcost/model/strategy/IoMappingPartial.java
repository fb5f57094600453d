package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import java.util.Optional;
import java.util.Set;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.vma.VmFault;

/// i915's way where the whole buffer does not fit the aperture (`i915_gem_fault` with a partial
/// view): each fault binds and maps the 1 MiB of the buffer around it, in the io_mapping's mode.
@AutoService(Strategy.class)
public final class IoMappingPartial implements Strategy {
  @Override
  public String name() {
    return "io-mapping-partial";
  }

  @Override
  public String description() {
    return "i915 with partial views: a fault maps the 256 pages around it; no look-up";
  }

  /// `MIN_CHUNK_PAGES`: 1 MiB.
  private static final long CHUNK = 256;

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
    long first = page - page % CHUNK;
    long pages = Math.min(CHUNK, world.vma().pages() - first);
    world.driverRange().remapIoMapping(world.vma(), first, pages, world.ioMapping(), world.meter());
    return VmFault.NOPAGE;
  }
}
