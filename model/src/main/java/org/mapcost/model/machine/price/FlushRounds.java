package org.mapcost.model.machine.price;

import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.FlushRound.Form;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.machine.Parameter;

/// One TLB flush on one or many CPUs.
///
/// Formula: work is what each CPU does: pages x INVLPG (and INVPCID under PTI), a CR3 write, or a
/// flush of everything. Caller, sequential: send + slowest + acknowledge + work; concurrent: send +
/// max(work, slowest + acknowledge), where the slowest includes its own work. Stolen: running
/// targets x (crossing + handler + work). With INVLPGB, caller: instructions x issue + TLBSYNC, and
/// nothing stolen, whatever the number of CPUs. Refilling the TLBs is in no bill; see [TlbRefill].
///
/// Source: machine file; kernel: `flush_tlb_multi`, `on_each_cpu`, `invlpgb_flush_all`.
public final class FlushRounds {
  private FlushRounds() {}

  public static Quote of(Platform platform, FlushRound round) {
    Working working = new Working(platform);
    if (round.form() == Form.INVLPGB) {
      return broadcast(working, round.pages());
    }
    Interval work = working.term("work", work(working, round.form(), round.pages()));
    Interval local = round.local() ? work : Interval.ZERO;
    if (round.interrupted() == 0) {
      return working.quote("work: no other CPU takes part", local);
    }
    // A CPU that holds an address space lazily lets go of it instead.
    boolean lazy = round.form() == Form.MM_PAGE || round.form() == Form.MM_FULL;
    Broadcast call =
        Broadcast.of(
            working,
            round.running(),
            round.idle(),
            round.preempted(),
            work,
            lazy ? Interval.ZERO : work);
    working.term("send", call.send());
    working.term("slowest", call.slowest());
    working.term("acknowledge", call.acknowledge());
    Interval remote = call.slowest().plus(call.acknowledge());
    if (round.order() == Order.SEQUENTIAL) {
      return working.quote(
          "caller: send + slowest + acknowledge + work; stolen: running targets x (crossing +"
              + " handler + work)",
          call.send().plus(remote).plus(local),
          call.stolen());
    }
    return working.quote(
        "caller: send + max(work, slowest + acknowledge); stolen: running targets x (crossing +"
            + " handler + work)",
        call.send().plus(remote.max(local)),
        call.stolen());
  }

  /// What one CPU does by itself.
  static Interval work(Working working, Form form, long pages) {
    return switch (form) {
      case MM_PAGE, KERNEL_PAGE -> {
        Interval page = working.ns(Parameter.INVLPG);
        yield (working.machine().has(Parameter.PTI)
                ? page.plus(working.ns(Parameter.INVPCID_PAGE))
                : page)
            .times((double) pages);
      }
      case MM_FULL -> working.ns(Parameter.CR3_FLUSH);
      case GLOBAL ->
          working.ns(
              working.machine().has(Parameter.INVPCID)
                  ? Parameter.GLOBAL_FLUSH
                  : Parameter.PGE_TOGGLE);
      case INVLPGB -> Interval.ZERO;
    };
  }

  private static Quote broadcast(Working working, long pages) {
    Interval instructions = Interval.exactly(1);
    if (pages > 0) {
      instructions =
          Interval.exactly((double) pages)
              .dividedBy(working.value(Parameter.INVLPGB_PAGES))
              .map(Math::ceil);
    }
    Interval issue = working.term("issue", working.ns(Parameter.INVLPGB_ISSUE).times(instructions));
    Interval sync = working.term("sync", working.ns(Parameter.TLBSYNC));
    return working.quote("caller: issue + sync; stolen: nothing", issue.plus(sync));
  }
}
