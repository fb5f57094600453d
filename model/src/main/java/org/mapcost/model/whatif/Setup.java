package org.mapcost.model.whatif;

import java.util.List;
import java.util.Optional;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Behaviour;
import org.mapcost.model.kernel.Evidence;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Memtype;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Scenario;
import org.mapcost.model.strategy.TouchOrder;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.units.PhysicalAddress;

/// Everything a sweep can vary: a scenario and its prices before they are put together. A [Key]
/// changes one thing of it. Immutable.
///
/// @param machine whose CPUs and prices
/// @param kernel the kernel to follow
/// @param tree the platform's resource tree as it was read
/// @param growth how that tree is changed
/// @param memtypes the reservations there are before the driver loads
/// @param memory where the buffer is
/// @param at the buffer's first address; empty for the first large enough BAR of the tree as it was
///   read, or the last System RAM
/// @param pages its size, at least one page
/// @param mode the caching mode the driver asks for
/// @param touch the order in which a program touches it
/// @param pool where RAM comes from; empty for the kernel's own pool
/// @param conditions in which state the work finds memory
public record Setup(
    Machine machine,
    Kernel kernel,
    ResourceTree tree,
    Growth growth,
    List<Memtype> memtypes,
    Memory memory,
    Optional<PhysicalAddress> at,
    long pages,
    CacheMode mode,
    TouchOrder touch,
    Optional<PoolKind> pool,
    Conditions conditions) {

  public Setup {
    memtypes = List.copyOf(memtypes);
  }

  /// A write-combining buffer of VRAM at the usual place, touched in order, under usual conditions.
  public static Setup of(Machine machine, Kernel kernel, ResourceTree tree, long pages) {
    return new Setup(
        machine,
        kernel,
        tree,
        Growth.NONE,
        List.of(),
        Memory.VRAM,
        Optional.empty(),
        pages,
        CacheMode.WC,
        TouchOrder.SEQUENTIAL,
        Optional.empty(),
        Conditions.USUAL);
  }

  /// The buffer's first address.
  PhysicalAddress address() {
    return at.orElseGet(() ->
        memory == Memory.VRAM
            ? Scenario.firstLargeEnoughBar(tree, pages)
            : Scenario.lastSystemRam(tree));
  }

  /// The scenario that strategies live through. Throws [InputException] where the platform has no
  /// place for the buffer.
  public Scenario scenario() {
    PhysicalAddress address = address();
    return scenario(growth.of(tree, address), address, pages);
  }

  /// The same on a tree that was grown before, for another size.
  Scenario scenario(ResourceTree grown, PhysicalAddress address, long size) {
    return new Scenario(
        kernel,
        grown,
        memtypes,
        memory,
        address,
        size,
        mode,
        touch,
        new Cpus(machine.cpus(), 0, machine.has(Parameter.INVLPGB)),
        pool.orElseGet(kernel::ttmPool));
  }

  /// The prices of this machine under this kernel.
  public MachinePrices prices() {
    return MachinePrices.of(machine, kernel.name());
  }

  Setup with(Machine other) {
    return new Setup(
        other, kernel, tree, growth, memtypes, memory, at, pages, mode, touch, pool, conditions);
  }

  Setup with(Kernel other) {
    return new Setup(
        machine, other, tree, growth, memtypes, memory, at, pages, mode, touch, pool, conditions);
  }

  /// Another version, with everything that was set on this one set again.
  Setup withKernel(String version) {
    Kernel other = Kernels.named(version);
    for (Behaviour behaviour : Behaviour.values()) {
      Kernel.Setting setting = kernel.setting(behaviour);
      if (setting.evidence() == Evidence.SET) {
        other = other.with(behaviour, setting.value());
      }
    }
    return with(other);
  }

  Setup with(Growth other) {
    return new Setup(
        machine, kernel, tree, other, memtypes, memory, at, pages, mode, touch, pool, conditions);
  }

  Setup with(Memory other) {
    return new Setup(
        machine, kernel, tree, growth, memtypes, other, at, pages, mode, touch, pool, conditions);
  }

  Setup with(PhysicalAddress other) {
    return new Setup(
        machine,
        kernel,
        tree,
        growth,
        memtypes,
        memory,
        Optional.of(other),
        pages,
        mode,
        touch,
        pool,
        conditions);
  }

  /// Another size of the buffer.
  public Setup withPages(long other) {
    return new Setup(
        machine, kernel, tree, growth, memtypes, memory, at, other, mode, touch, pool, conditions);
  }

  Setup with(CacheMode other) {
    return new Setup(
        machine, kernel, tree, growth, memtypes, memory, at, pages, other, touch, pool, conditions);
  }

  Setup with(TouchOrder other) {
    return new Setup(
        machine, kernel, tree, growth, memtypes, memory, at, pages, mode, other, pool, conditions);
  }

  Setup with(PoolKind other) {
    return new Setup(
        machine,
        kernel,
        tree,
        growth,
        memtypes,
        memory,
        at,
        pages,
        mode,
        touch,
        Optional.of(other),
        conditions);
  }

  Setup with(Conditions other) {
    return new Setup(
        machine, kernel, tree, growth, memtypes, memory, at, pages, mode, touch, pool, other);
  }
}
