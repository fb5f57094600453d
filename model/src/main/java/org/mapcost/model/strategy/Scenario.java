package org.mapcost.model.strategy;

import java.util.List;
import java.util.Optional;
import org.mapcost.model.InputException;
import org.mapcost.model.iomem.Landmark;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Memtype;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.units.Pages;
import org.mapcost.model.units.PhysicalAddress;

/// What is asked: one buffer on one platform under one kernel. Holds no prices.
///
/// @param kernel the kernel to follow
/// @param tree the platform's resource tree
/// @param memtypes the reservations there are before the driver loads
/// @param memory where the buffer is
/// @param at the buffer's first address in VRAM, or where RAM is allocated from
/// @param pages its size, at least one page
/// @param mode the caching mode the driver asks for
/// @param touch the order in which a program touches it
/// @param cpus the CPUs that flushes reach
/// @param pool where RAM comes from
public record Scenario(
    Kernel kernel,
    ResourceTree tree,
    List<Memtype> memtypes,
    Memory memory,
    PhysicalAddress at,
    long pages,
    CacheMode mode,
    TouchOrder touch,
    Cpus cpus,
    PoolKind pool) {

  public Scenario {
    memtypes = List.copyOf(memtypes);
    if (pages < 1) {
      throw new InputException("a buffer has at least one page; give --buffer a size above zero.");
    }
  }

  /// The node that holds VRAM: the BAR around the buffer's first address, for its driver to
  /// reserve.
  public Resource bar() {
    return barAround(tree, at)
        .orElseThrow(() -> new InputException(at + " is in no node of " + tree.name() + "."));
  }

  /// The first address behind the System RAM that the buffer's pages are taken from.
  public PhysicalAddress endOfRam() {
    return tree.nodes().stream()
        .filter(node -> node.isSystemRam() && holds(node, at))
        .findFirst()
        .map(node -> new PhysicalAddress((node.end() + 1) & -Pages.PAGE_SIZE))
        .orElseThrow(() ->
            new InputException(
                at + " is no System RAM of " + tree.name() + "; give another --at."));
  }

  /// All of the machine's RAM in pages.
  public long ramPages() {
    return tree.nodes().stream()
        .filter(Resource::isSystemRam)
        .mapToLong(node -> (node.end() + 1 - node.start()) / Pages.PAGE_SIZE)
        .sum();
  }

  /// Where a buffer of VRAM begins when nobody says: the first PCI BAR that is large enough.
  public static PhysicalAddress firstLargeEnoughBar(ResourceTree tree, long pages) {
    return Landmark.bars(tree).stream()
        .filter(bar -> (bar.end() - bar.start() + 1) / Pages.PAGE_SIZE >= pages)
        .findFirst()
        .map(bar -> new PhysicalAddress(bar.start()))
        .orElseThrow(() ->
            new InputException(
                "no PCI BAR of %s holds %s; the largest is %s. Give a smaller --buffer, or --at."
                    .formatted(
                        tree.name(),
                        new Pages(pages).bytes(),
                        Landmark.largestBar(tree).map(Resource::toString).orElse("none"))));
  }

  /// Where RAM is taken from when nobody says: the last System RAM node.
  public static PhysicalAddress lastSystemRam(ResourceTree tree) {
    return tree.nodes().stream()
        .filter(Resource::isSystemRam)
        .reduce((first, second) -> second)
        .map(node -> new PhysicalAddress(pageUp(node.start())))
        .orElseThrow(() -> new InputException(tree.name() + " has no System RAM; give --at."));
  }

  /// The highest node around an address that is no bus window: the BAR itself, not a driver's claim
  /// inside it.
  private static Optional<Resource> barAround(ResourceTree tree, PhysicalAddress at) {
    Optional<Resource> bar =
        Landmark.bars(tree).stream().filter(node -> holds(node, at)).findFirst();
    return bar.isPresent()
        ? bar
        : tree.nodes().stream().filter(node -> holds(node, at)).reduce((first, last) -> last);
  }

  private static boolean holds(Resource node, PhysicalAddress at) {
    return node.start() <= at.value() && at.value() <= node.end();
  }

  private static long pageUp(long address) {
    return (address + Pages.PAGE_SIZE - 1) & -Pages.PAGE_SIZE;
  }
}
