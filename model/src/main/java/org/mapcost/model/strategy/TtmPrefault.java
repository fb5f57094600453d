package org.mapcost.model.strategy;

import java.util.EnumSet;
import java.util.Set;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.TtmInsert;
import org.mapcost.model.kernel.TtmWindow;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.vma.PteKind;
import org.mapcost.model.vma.VmFault;
import org.mapcost.model.vma.VmFlag;

/// What all variants of TTM's fault handler share: the window of pages behind the touched one, and
/// the flags of the VMA.
final class TtmPrefault {
  private TtmPrefault() {}

  /// How one page is inserted. It holds nothing, so a fault allocates nothing.
  @FunctionalInterface
  interface Insert {
    VmFault insert(World world, long page, CacheMode mode);
  }

  /// Inserts the touched page and those behind it, `TTM_BO_VM_NUM_PREFAULT` at most, up to the end
  /// of the mapping. Only the first page's failure counts; a later one ends the window.
  ///
  /// @param mode handed to every insertion
  static VmFault fault(World world, long page, CacheMode mode, Insert insert) {
    TtmWindow window = world.ttmWindow();
    long end = Math.min(page + window.pages(), world.vma().pages());
    for (long each = page; each < end; each++) {
      if (window.skipPresent() && world.vma().pageTable().isPresent(each)) {
        continue;
      }
      VmFault result = insert.insert(world, each, mode);
      if (result != VmFault.NOPAGE) {
        return each == page ? result : VmFault.NOPAGE;
      }
    }
    return VmFault.NOPAGE;
  }

  /// The window with the call that the kernel's TTM uses, one look-up a page.
  static VmFault insertPages(World world, long page) {
    boolean mixed = world.ttmWindow().insert() == TtmInsert.MIXED;
    return fault(
        world, page, world.scenario().mode(), mixed ? TtmPrefault::mixed : TtmPrefault::pfn);
  }

  private static VmFault mixed(World world, long page, CacheMode ignored) {
    return world
        .insertion()
        .vmfInsertMixed(world.vma(), page, world.addressOf(page), world.meter());
  }

  private static VmFault pfn(World world, long page, CacheMode ignored) {
    return world.insertion().vmfInsertPfn(world.vma(), page, world.addressOf(page), world.meter());
  }

  /// Inserts one page in a mode that is known, without a look-up.
  static VmFault inMode(World world, long page, CacheMode mode) {
    return world.insertion().insertPfn(world.vma(), page, mode, world.meter());
  }

  /// The mapping as TTM makes it: VM_MIXEDMAP and VM_IO up to 5.13, VM_PFNMAP afterwards.
  static Traits traits(Kernel kernel, Set<Memory> memory) {
    Set<VmFlag> flags = EnumSet.of(kernel.ttmVma(), VmFlag.IO, VmFlag.DONTEXPAND, VmFlag.DONTDUMP);
    return Traits.of(
        kernel,
        memory,
        flags,
        PteKind.SPECIAL,
        kernel.ttmAcceptsCow() ? "accepted; a write copies the page" : "EINVAL at mmap");
  }
}
