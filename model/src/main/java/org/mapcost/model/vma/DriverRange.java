package org.mapcost.model.vma;

import org.mapcost.model.cost.Meter;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Errno;

/// The ways of i915, io_mapping and the DMA layer to map a run of pages.
///
/// Kernel: `i915_mm.c` read in a 5.15-era tree, `mm/io-mapping.c` (5.13 to 6.x) and
/// `kernel/dma/mapping.c` read in 5.10; none was recorded. Errors are those of the kernel,
/// negative.
public final class DriverRange {
  private final RangeEntries entries = new RangeEntries();
  private final PfnRange pfnRange;

  public DriverRange(PfnRange pfnRange) {
    this.pfnRange = pfnRange;
  }

  /// i915's `remap_io_mapping`: `apply_to_page_range` in the io_mapping's caching mode, overwriting
  /// what was mapped. A VMA without `VM_PFNMAP`, `VM_DONTEXPAND` and `VM_DONTDUMP` is a `BUG`.
  public int remapIoMapping(Vma vma, long firstPage, long pages, CacheMode ioMapping, Meter meter) {
    checkFlags(vma, "remap_io_mapping");
    entries.overwrite(vma, firstPage, pages, ioMapping, meter);
    return 0;
  }

  /// i915's `remap_io_sg`: the same in the VMA's own mode, over the pieces of a scatter list.
  public int remapIoSg(Vma vma, Meter meter) {
    checkFlags(vma, "remap_io_sg");
    entries.overwrite(vma, 0, vma.pages(), vma.prot(), meter);
    return 0;
  }

  private static void checkFlags(Vma vma, String call) {
    if (!hasDriverFlags(vma)) {
      throw new KernelBug(call + ": the VMA is not VM_PFNMAP, VM_DONTEXPAND and VM_DONTDUMP");
    }
  }

  private static boolean hasDriverFlags(Vma vma) {
    return vma.has(VmFlag.PFNMAP) && vma.has(VmFlag.DONTEXPAND) && vma.has(VmFlag.DONTDUMP);
  }

  /// `io_mapping_map_user` (5.13 until 7.x): `remap_pfn_range_notrack` in the io_mapping's mode.
  /// Returns `-EINVAL`, with a warning, for a VMA without the three flags, and for a part of a
  /// copy-on-write one.
  public int ioMappingMapUser(
      Vma vma, long firstPage, long pages, CacheMode ioMapping, Meter meter) {
    if (!hasDriverFlags(vma)) {
      return Errno.EINVAL;
    }
    return pfnRange.remapUntracked(vma, firstPage, pages, ioMapping, meter);
  }

  /// `dma_mmap_wc`: one `remap_pfn_range` over the whole VMA. Devices on x86 are coherent, and for
  /// those the wish for write-combining is not looked at (`dma_pgprot`): the mapping is write-back
  /// unless the pages have another type. Returns `-ENXIO` where the buffer is shorter than the VMA.
  ///
  /// @param address the buffer's physical address
  /// @param bufferPages its length
  /// @param offset its page that the VMA begins with
  public int dmaMmapWc(Vma vma, long address, long bufferPages, long offset, Meter meter) {
    if (offset >= bufferPages || vma.pages() > bufferPages - offset) {
      return Errno.ENXIO;
    }
    vma.prot(CacheMode.WB);
    long from = address + offset * Insertion.PAGE_SIZE;
    return pfnRange.remap(vma, 0, vma.pages(), from, meter);
  }
}
