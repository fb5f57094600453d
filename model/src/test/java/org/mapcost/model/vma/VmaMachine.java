package org.mapcost.model.vma;

import java.util.EnumSet;
import java.util.Set;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.MemtypeTree;
import org.mapcost.model.pat.Memtypes;
import org.mapcost.model.tlb.AddressSpace;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.tlb.TlbFlush;

/// A small machine with one BAR and one process, under a kernel.
final class VmaMachine {
  static final long BAR = 0x80000000L;
  static final long RAM = 0x200000L;

  /// Page 0x200000: a 2 MiB and a 1 GiB boundary.
  static final long START = 8L * 512 * 512;

  private static final ResourceTree TREE =
      ProcIomem.parse(
              "tree",
              """
              00000000-00000fff : Reserved
              00001000-0009ffff : System RAM
              00100000-7fffffff : System RAM
              80000000-febfffff : PCI Bus 0000:00
                80000000-8fffffff : 0000:00:02.0
              """)
          .tree();

  final Memtypes memtypes;
  final Insertion insertion;
  final PfnRange pfnRange;
  final DriverRange driverRange;
  final PageFaults faults;
  final GetUserPages getUserPages;
  final Mm mm;

  VmaMachine(String kernel) {
    Kernel follows = Kernels.named(kernel);
    VmaRules rules = follows.vmaRules();
    memtypes =
        new Memtypes(TREE, follows.resourceWalk(), new MemtypeTree(), follows.memtypeErase());
    insertion = new Insertion(memtypes, rules);
    pfnRange = new PfnRange(memtypes, rules);
    driverRange = new DriverRange(pfnRange);
    TlbFlush tlb =
        new TlbFlush(Cpus.running(1), follows.tlbOrder(), follows.lazyTlb(), follows.invlpgb());
    faults = new PageFaults(tlb, AddressSpace.OF_THE_CALLER);
    getUserPages = follows.getUserPages();
    mm = new Mm(rules, pfnRange, tlb, AddressSpace.OF_THE_CALLER, 0);
  }

  /// A shared mapping of so many pages from [#START] on.
  Vma shared(long pages, VmFlag... flags) {
    return map(pages, EnumSet.of(VmFlag.SHARED, VmFlag.MAYWRITE), flags);
  }

  /// A private writable one.
  Vma writablePrivate(long pages, VmFlag... flags) {
    return map(pages, EnumSet.of(VmFlag.MAYWRITE), flags);
  }

  private Vma map(long pages, Set<VmFlag> base, VmFlag... flags) {
    Vma vma = new Vma(mm, START, pages, CacheMode.WC, base).set(flags);
    mm.map(vma);
    return vma;
  }
}
