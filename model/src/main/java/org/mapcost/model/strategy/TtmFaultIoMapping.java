package org.mapcost.model.strategy;

import com.google.auto.service.AutoService;
import java.util.Optional;
import java.util.Set;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.vma.VmFault;

/// The proposal of the discussion: TTM's fault handler over an io_mapping of the BAR. The same
/// window, no look-ups. No kernel has it.
@AutoService(Strategy.class)
public final class TtmFaultIoMapping implements Strategy {
  @Override
  public String name() {
    return "ttm-fault-io-mapping";
  }

  @Override
  public String description() {
    return "proposal: TTM's handler over an io_mapping; up to 16 pages a fault, no look-up";
  }

  @Override
  public Availability availability() {
    return Availability.PROPOSAL;
  }

  @Override
  public Traits traits(Kernel kernel) {
    return TtmPrefault.traits(kernel, Set.of(Memory.VRAM));
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
    return TtmPrefault.fault(world, page, world.ioMapping(), TtmPrefault::inMode);
  }
}
