package org.mapcost.model.cost;

import java.util.Arrays;
import java.util.Locale;
import org.mapcost.model.Nearest;

/// One TLB flush on one or many CPUs, as one thing: the caller waits for the slowest, not for the
/// sum.
///
/// Where the interrupted CPUs sit (same socket or not) is the machine's knowledge and belongs to
/// the price.
///
/// @param form what each CPU drops
/// @param pages pages named in a ranged flush; 0 for a full one
/// @param local whether the calling CPU flushes too
/// @param running other CPUs that are interrupted while they run
/// @param idle other CPUs that are interrupted while idle: the caller may wait for their wake-up,
///   but no work is lost there. One that only holds the address space lazily lets go of it and
///   flushes nothing
/// @param preempted virtual CPUs that are not running on the host when they are asked
/// @param order whether local and remote work overlap
public record FlushRound(
    Form form, long pages, boolean local, int running, int idle, int preempted, Order order) {

  /// What each CPU does.
  public enum Form {
    /// `INVLPG` for each page, of one address space (`flush_tlb_mm_range`, up to 33 pages).
    MM_PAGE,
    /// Everything of one address space.
    MM_FULL,
    /// `INVLPG` for each page of the kernel's own mapping (`__cpa_flush_tlb`,
    /// `flush_tlb_kernel_range`).
    KERNEL_PAGE,
    /// Everything, global entries included (`flush_tlb_all`).
    GLOBAL,
    /// The caller broadcasts `INVLPGB` and waits with `TLBSYNC`; no CPU is interrupted.
    INVLPGB;

    boolean ranged() {
      return this == MM_PAGE || this == KERNEL_PAGE;
    }
  }

  /// In which order the caller works.
  public enum Order {
    /// Up to 5.12: remote CPUs first, then the caller's own flush (or the other way round).
    SEQUENTIAL,
    /// Later: send, flush locally while the others work, then wait for the slowest.
    CONCURRENT;

    /// `sequential`, `concurrent`.
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Order ofKey(String key) {
      return Arrays.stream(values())
          .filter(each -> each.key().equals(key))
          .findFirst()
          .orElseThrow(() ->
              Nearest.unknown(
                  "order of flushes", key, Arrays.stream(values()).map(Order::key).toList()));
    }
  }

  public FlushRound {
    if (pages < 0 || running < 0 || idle < 0 || preempted < 0) {
      throw new IllegalArgumentException("a flush round has no negative pages or CPUs");
    }
    if (form.ranged() && pages == 0) {
      throw new IllegalArgumentException("a ranged flush names at least one page");
    }
    if (form == Form.INVLPGB && running + idle + preempted > 0) {
      throw new IllegalArgumentException("INVLPGB interrupts no CPU");
    }
  }

  /// CPUs that run the handler because they were interrupted.
  public int interrupted() {
    return running + idle + preempted;
  }

  /// CPUs that invalidate, the caller included. CPUs that hold an address space lazily switch to
  /// the kernel's own instead; mappings of the kernel itself they drop like all others.
  public int flushing() {
    boolean idleFlush = form != Form.MM_PAGE && form != Form.MM_FULL;
    return running + preempted + (idleFlush ? idle : 0) + (local ? 1 : 0);
  }

  /// The same CPUs flush everything that a form covers.
  ///
  /// @param full a form that names no pages, or that need not
  public FlushRound withForm(Form full) {
    return new FlushRound(full, 0, local, running, idle, preempted, order);
  }

  /// The same for another number of pages.
  FlushRound ofPages(long other) {
    return new FlushRound(form, other, local, running, idle, preempted, order);
  }

  /// Whether single pages are dropped rather than everything.
  public boolean ranged() {
    return form.ranged() || (form == Form.INVLPGB && pages > 0);
  }

  /// Adds what this round consists of.
  void count(Meter meter) {
    meter.add(ranged() ? Event.TLB_ROUND_RANGED : Event.TLB_ROUND_FULL);
    meter.add(Event.IPI, interrupted());
    if (ranged()) {
      meter.add(Event.TLB_INVALIDATE_PAGE, pages * flushing());
    } else if (form == Form.MM_FULL) {
      meter.add(Event.TLB_INVALIDATE_FULL, flushing());
    } else {
      meter.add(Event.TLB_INVALIDATE_GLOBAL, flushing());
    }
  }
}
