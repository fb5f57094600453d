package org.mapcost.model.tlb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.FlushRound.Form;
import org.mapcost.model.cost.FlushRound.Order;

/// Plans TLB flushes: each answer is one round, to be charged to a meter.
///
/// Up to [#SINGLE_PAGE_FLUSH_CEILING] pages are flushed one by one, more in one go. Flushes of the
/// kernel's own mappings go to every online CPU, idle or not; those of an address space only to the
/// CPUs that hold it.
///
/// Kernel: `arch/x86/mm/tlb.c` read in 5.10 and 6.15; the 33/34 border, the targets and the work of
/// each CPU recorded on 5.10, 6.1, 6.12 and 7.2 with up to 4 CPUs. `INVLPGB` was never recorded.
public final class TlbFlush {
  /// The most pages that are flushed one by one (`tlb_single_page_flush_ceiling`).
  public static final int SINGLE_PAGE_FLUSH_CEILING = 33;

  /// As the number of units of [#mmRange]: the whole address space (`TLB_FLUSH_ALL`).
  public static final long EVERYTHING = Long.MAX_VALUE;

  private final Cpus cpus;
  private final Order order;
  private final LazyTlb lazy;
  private final boolean broadcast;
  private final FlushRound all;

  public TlbFlush(Cpus cpus, Order order, LazyTlb lazy, Invlpgb invlpgb) {
    this.cpus = cpus;
    this.order = order;
    this.lazy = lazy;
    this.broadcast = cpus.invlpgb() && invlpgb == Invlpgb.BROADCAST;
    this.all = broadcast ? broadcast(0) : onEachCpu(Form.GLOBAL, 0);
  }

  /// The CPUs that flush.
  public Cpus cpus() {
    return cpus;
  }

  /// Whether full flushes are broadcast: the kernel and the CPUs know how.
  public boolean broadcasts() {
    return broadcast;
  }

  /// Everything on every CPU (`flush_tlb_all`).
  public FlushRound all() {
    return all;
  }

  /// Everything on every CPU by interrupting each, even where a broadcast would do (`on_each_cpu`
  /// of `__flush_tlb_all`): attribute changes up to 4.19.
  public FlushRound allByInterrupt() {
    return onEachCpu(Form.GLOBAL, 0);
  }

  /// The pages of one pass of an attribute change, contiguous or not (`cpa_flush` from 4.20 on).
  public FlushRound attributeChange(long pages) {
    return pages <= SINGLE_PAGE_FLUSH_CEILING ? onEachCpu(Form.KERNEL_PAGE, pages) : all;
  }

  /// A contiguous range of kernel addresses, vmalloc space for example (`flush_tlb_kernel_range`).
  public FlushRound kernelRange(long pages) {
    if (pages > SINGLE_PAGE_FLUSH_CEILING) {
      return all;
    }
    return broadcast ? broadcast(pages) : onEachCpu(Form.KERNEL_PAGE, pages);
  }

  /// A range of one address space (`flush_tlb_mm_range`). Empty where no CPU holds it now: those
  /// that come back to it later catch up then.
  ///
  /// @param units how many pages, or larger mappings where only those are in the range (the
  ///   stride); or [#EVERYTHING]
  /// @param freedTables whether page tables are freed too; then lazy CPUs must let go of them
  public Optional<FlushRound> mmRange(AddressSpace mm, long units, boolean freedTables) {
    return mmRange(mm, units, units, freedTables);
  }

  /// The same where the range ends within a unit, so that one more is flushed than its length
  /// decides by.
  ///
  /// @param units whole units in the range; above the ceiling everything goes
  /// @param flushed units that are dropped one by one otherwise, at least 1
  public Optional<FlushRound> mmRange(
      AddressSpace mm, long units, long flushed, boolean freedTables) {
    if (mm.running() + mm.lazy() > cpus.others()) {
      throw new IllegalArgumentException(
          "an address space on %d other CPUs, of which there are %d"
              .formatted(mm.running() + mm.lazy(), cpus.others()));
    }
    boolean full = units > SINGLE_PAGE_FLUSH_CEILING;
    if (broadcast && mm.globalAsid()) {
      return Optional.of(broadcast(full ? 0 : flushed));
    }
    int interruptedLazy = freedTables || lazy == LazyTlb.INTERRUPTED ? mm.lazy() : 0;
    if (!mm.loadedHere() && mm.running() + interruptedLazy == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new FlushRound(
            full ? Form.MM_FULL : Form.MM_PAGE,
            full ? 0 : flushed,
            mm.loadedHere(),
            mm.running(),
            interruptedLazy,
            0,
            order));
  }

  /// A range of an address space that goes over to a global ASID: broadcast, and then, because some
  /// CPU still runs it under a number of its own, by interrupts as well (`finish_asid_transition`).
  /// The same as [#mmRange] where nothing is broadcast.
  public List<FlushRound> mmRangeInTransition(AddressSpace mm, long units, boolean freedTables) {
    AddressSpace dynamic = new AddressSpace(mm.running(), mm.lazy(), mm.loadedHere(), false);
    List<FlushRound> rounds = new ArrayList<>();
    if (broadcast) {
      rounds.add(broadcast(units > SINGLE_PAGE_FLUSH_CEILING ? 0 : units));
    }
    mmRange(dynamic, units, freedTables).ifPresent(rounds::add);
    return rounds;
  }

  private FlushRound onEachCpu(Form form, long pages) {
    return new FlushRound(form, pages, true, cpus.others() - cpus.idle(), cpus.idle(), 0, order);
  }

  private FlushRound broadcast(long pages) {
    return new FlushRound(Form.INVLPGB, pages, true, 0, 0, 0, order);
  }
}
