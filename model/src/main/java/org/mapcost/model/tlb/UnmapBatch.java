package org.mapcost.model.tlb;

import java.util.BitSet;
import org.mapcost.model.cost.Meter;

/// Reclaim unmaps pages of many programs and flushes once for all of them (`struct
/// tlbflush_unmap_batch`).
///
/// A page whose address space only the calling CPU holds is flushed at once; any other waits. The
/// flush drops everything of the address space that each CPU has loaded, on every CPU that held one
/// of those waiting. CPUs are numbered; the batch knows which are lazy when it flushes.
///
/// Mappings of VM_PFNMAP have no reverse map and never come this way.
///
/// Kernel: `arch_tlbbatch_add_mm`, `arch_tlbbatch_flush`, `should_defer_flush`, read in 5.10 and
/// 6.15. Not recorded.
public final class UnmapBatch {
  private final TlbFlush tlb;
  private final int caller;
  private final BitSet waiting = new BitSet();

  /// @param caller the number of the calling CPU, from 0
  public UnmapBatch(TlbFlush tlb, int caller) {
    if (caller < 0 || caller >= tlb.cpus().online()) {
      throw new IllegalArgumentException("CPU %d of %d".formatted(caller, tlb.cpus().online()));
    }
    this.tlb = tlb;
    this.caller = caller;
  }

  /// One page of an address space is unmapped. Whether its flush was put off.
  ///
  /// @param holders the CPUs that may hold the address space, running or lazy (`mm_cpumask`)
  public boolean unmap(BitSet holders, Meter meter) {
    if (holders.length() > tlb.cpus().online()) {
      throw new IllegalArgumentException(
          "CPU %d of %d".formatted(holders.length() - 1, tlb.cpus().online()));
    }
    boolean here = holders.get(caller);
    if (holders.cardinality() - (here ? 1 : 0) > 0) {
      waiting.or(holders);
      return true;
    }
    if (here) {
      tlb.mmRange(AddressSpace.OF_THE_CALLER, 1, false).ifPresent(meter::round);
    }
    return false;
  }

  /// Whether nothing waits.
  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  /// Flushes what waits; nothing where nothing does.
  ///
  /// @param lazy the CPUs that hold their address space lazily now
  public void flush(BitSet lazy, Meter meter) {
    if (waiting.isEmpty()) {
      return;
    }
    if (tlb.broadcasts()) {
      meter.round(tlb.all());
    } else {
      int idle = 0;
      int running = 0;
      for (int cpu = waiting.nextSetBit(0); cpu >= 0; cpu = waiting.nextSetBit(cpu + 1)) {
        if (cpu != caller) {
          idle += lazy.get(cpu) ? 1 : 0;
          running += lazy.get(cpu) ? 0 : 1;
        }
      }
      AddressSpace union = new AddressSpace(running, idle, waiting.get(caller), false);
      tlb.mmRange(union, TlbFlush.EVERYTHING, false).ifPresent(meter::round);
    }
    waiting.clear();
  }
}
