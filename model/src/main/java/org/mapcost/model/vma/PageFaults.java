package org.mapcost.model.vma;

import java.util.function.LongFunction;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.tlb.AddressSpace;
import org.mapcost.model.tlb.TlbFlush;

/// What a program's touch of a page costs: nothing where the entry permits it, else a fault, with
/// the driver's handler or a copy.
///
/// Kernel: `do_read_fault`, `do_cow_fault`, `do_shared_fault`, `do_wp_page` of `mm/memory.c`, read
/// in 5.10 and 7.x. Copies after a read were recorded on 5.10, 6.1 and 6.16: one fault, one page
/// and one flush of one page each; a first touch that writes a private mapping was not. Touching
/// allocates nothing.
public final class PageFaults {
  private final TlbFlush tlb;
  private final AddressSpace mm;

  /// @param tlb flushes the TLB after a copy
  /// @param mm the CPUs that hold the address space
  public PageFaults(TlbFlush tlb, AddressSpace mm) {
    this.tlb = tlb;
    this.mm = mm;
  }

  /// A read. SIGBUS where the handler maps nothing, else NOPAGE.
  ///
  /// @param handler the driver's, which is given the page's number in the VMA
  public VmFault read(Vma vma, long page, LongFunction<VmFault> handler, Meter meter) {
    return vma.pageTable().isPresent(page)
        ? VmFault.NOPAGE
        : fault(vma, page, false, handler, meter);
  }

  /// A write. In a private mapping it ends on a copy of the page that the process owns.
  public VmFault write(Vma vma, long page, LongFunction<VmFault> handler, Meter meter) {
    UserPageTable table = vma.pageTable();
    if (!table.isPresent(page) && fault(vma, page, true, handler, meter) == VmFault.SIGBUS) {
      return VmFault.SIGBUS;
    }
    if (vma.isCow() && table.kind(page) != PteKind.COPY) {
      copy(vma, page, meter);
    }
    table.makeDirty(page);
    return VmFault.NOPAGE;
  }

  private VmFault fault(
      Vma vma, long page, boolean write, LongFunction<VmFault> handler, Meter meter) {
    meter.add(Event.FAULT);
    boolean copies = write && vma.isCow();
    if (copies) {
      // do_cow_fault takes the page for the copy before it asks the handler.
      meter.add(Event.PAGE_ALLOC);
    }
    VmFault answer = handler.apply(page);
    if (answer == VmFault.PAGE) {
      finish(vma, page, copies, meter);
      return VmFault.NOPAGE;
    }
    return vma.pageTable().isPresent(page) ? VmFault.NOPAGE : VmFault.SIGBUS;
  }

  /// `finish_fault`: the handler's page, or a copy of it, gets its entry.
  private static void finish(Vma vma, long page, boolean copies, Meter meter) {
    UserPageTable table = vma.pageTable();
    table.allocate(page, meter);
    meter.enter(Lock.PTE_LOCK);
    if (copies) {
      meter.add(Event.PAGE_COPY);
      table.setCopy(page, meter);
    } else {
      table.set(page, PteKind.NORMAL, vma.prot(), meter);
    }
    meter.leave(Lock.PTE_LOCK);
  }

  /// `wp_page_copy`: a fault of its own on an entry that is write-protected.
  private void copy(Vma vma, long page, Meter meter) {
    meter.add(Event.FAULT);
    meter.add(Event.PAGE_ALLOC);
    meter.add(Event.PAGE_COPY);
    meter.enter(Lock.PTE_LOCK);
    vma.pageTable().setCopy(page, meter);
    FlushRound onePage = tlb.mmRange(mm, 1, false).orElse(null);
    if (onePage != null) {
      meter.round(onePage);
    }
    meter.leave(Lock.PTE_LOCK);
  }
}
