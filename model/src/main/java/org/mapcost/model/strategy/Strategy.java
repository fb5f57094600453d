package org.mapcost.model.strategy;

import java.util.Optional;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.pat.Errno;
import org.mapcost.model.vma.VmFault;

/// A way to give user space a mapping of a buffer: what a driver does when it loads, at `mmap`, and
/// at each fault.
///
/// Implementations keep no state; what lasts is in the [World].
public interface Strategy {
  /// The name in every listing and on the command line, such as `ttm-fault`.
  String name();

  /// One line: what it does, and who does it.
  String description();

  /// What the mapping is and permits under a kernel.
  Traits traits(Kernel kernel);

  /// Since and until when kernels have it.
  default Availability availability() {
    return Availability.ALWAYS;
  }

  /// Whether it is no way to map a buffer but the least or the most that one could cost.
  default boolean isBound() {
    return false;
  }

  /// Why a kernel does not have it; empty when it has, and for proposals, which no kernel has.
  default Optional<String> missingFrom(Kernel kernel) {
    return Optional.empty();
  }

  /// Why this strategy cannot serve a scenario; empty when it can.
  default Optional<String> refuses(Scenario scenario) {
    return traits(scenario.kernel()).memory().contains(scenario.memory())
        ? missingFrom(scenario.kernel())
        : Optional.of("maps no " + scenario.memory().key());
  }

  /// Where its RAM comes from.
  default Supply supply(Kernel kernel) {
    return Supply.POOL;
  }

  /// The driver loads: it reserves its BAR once (`arch_io_reserve_memtype_wc`), so that look-ups
  /// find the mode it wants.
  default void load(World world) {
    world.reserveBar();
  }

  /// Whether RAM is allocated write-back and each page changed by itself when it is first touched,
  /// instead of the whole buffer when it is allocated.
  default boolean convertsEachPage() {
    return false;
  }

  /// `mmap`. Without more the VMA gets the strategy's flags, and pages come with the faults.
  ///
  /// Returns 0, or the negative errno with which `mmap` fails.
  default int map(World world) {
    Traits traits = traits(world.kernel());
    if (world.isPrivate() && traits.refusesPrivate()) {
      return Errno.EINVAL;
    }
    world.newVma(traits.vmaFlags());
    return 0;
  }

  /// A touch of a page without an entry.
  VmFault fault(World world, long page);
}
