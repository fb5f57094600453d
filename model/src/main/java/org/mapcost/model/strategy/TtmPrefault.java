package org.mapcost.model.strategy;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongFunction;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.TtmInsert;
import org.mapcost.model.vma.PteKind;
import org.mapcost.model.vma.VmFault;
import org.mapcost.model.vma.VmFlag;

/// What all variants of TTM's fault handler share: the window of pages behind the touched one, and
/// the flags of the VMA.
final class TtmPrefault {
  private TtmPrefault() {}

  /// Inserts the touched page and those behind it, `TTM_BO_VM_NUM_PREFAULT` at most, up to the end
  /// of the mapping. Only the first page's failure counts; a later one ends the window.
  static VmFault fault(World world, long page, LongFunction<VmFault> insert) {
    long end = Math.min(page + world.kernel().ttmPrefault(), world.vma().pages());
    boolean skip = world.kernel().skipPresent();
    for (long each = page; each < end; each++) {
      if (skip && world.vma().pageTable().isPresent(each)) {
        continue;
      }
      VmFault result = insert.apply(each);
      if (result != VmFault.NOPAGE) {
        return each == page ? result : VmFault.NOPAGE;
      }
    }
    return VmFault.NOPAGE;
  }

  /// The window with the call that the kernel's TTM uses, one look-up a page.
  static VmFault insertPages(World world, long page) {
    boolean mixed = world.kernel().ttmInsert() == TtmInsert.MIXED;
    return fault(
        world,
        page,
        each -> {
          long address = world.addressOf(each);
          return mixed
              ? world.insertion().vmfInsertMixed(world.vma(), each, address, world.meter())
              : world.insertion().vmfInsertPfn(world.vma(), each, address, world.meter());
        });
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
