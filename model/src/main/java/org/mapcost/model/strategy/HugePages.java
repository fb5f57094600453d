package org.mapcost.model.strategy;

import java.util.EnumSet;
import java.util.Set;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.units.Pages;
import org.mapcost.model.vma.PteKind;
import org.mapcost.model.vma.UserPageTable;
import org.mapcost.model.vma.VmFault;
import org.mapcost.model.vma.VmFlag;

/// What strategies with 2 MiB entries share.
final class HugePages {
  private HugePages() {}

  static Traits traits(Kernel kernel) {
    return Traits.of(
        kernel,
        Set.of(Memory.VRAM, Memory.RAM),
        EnumSet.of(VmFlag.PFNMAP, VmFlag.DONTEXPAND, VmFlag.DONTDUMP),
        PteKind.HUGE,
        "EINVAL at mmap");
  }

  /// Maps the 2 MiB around a page with one entry. FALLBACK where the VMA ends before, or the memory
  /// is not contiguous and aligned, which is looked at page by page (`ttm_bo_vm_insert_huge`).
  static VmFault fault(World world, long page) {
    long first = page - page % UserPageTable.ENTRIES;
    if (first + UserPageTable.ENTRIES > world.vma().pages()) {
      return VmFault.FALLBACK;
    }
    long address = world.addressOf(first);
    for (long i = 1; i < UserPageTable.ENTRIES; i++) {
      if (world.addressOf(first + i) != address + i * Pages.PAGE_SIZE) {
        return VmFault.FALLBACK;
      }
    }
    return world.insertion().vmfInsertPfnPmd(world.vma(), first, address, world.meter());
  }
}
