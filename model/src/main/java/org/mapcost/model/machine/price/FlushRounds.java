package org.mapcost.model.machine.price;

import org.mapcost.model.cost.Conditions.Heat;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.FlushRound.Form;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.price.Targets.Distance;

/// One TLB flush on one or many CPUs.
///
/// Formula: work is what each CPU does: call + pages x INVLPG (and INVPCID under PTI), call + a CR3
/// write, or a flush of everything. Caller, sequential: send + slowest + acknowledge + work;
/// concurrent: send + max(work, slowest + acknowledge), where the slowest includes its own work.
/// Stolen: running targets x (crossing + handler + work). With INVLPGB, caller: instructions x
/// issue
/// + TLBSYNC, and nothing stolen, whatever the number of CPUs. Refilling the TLBs is in no bill;
///   see [TlbRefill].
///
/// In a virtual machine every interrupt may exit to the hypervisor, and a target that does not run
/// answers when it runs again. A flush of user memory may leave such targets out: they flush before
/// they run (`kvm_flush_tlb_multi`). A flush of the kernel's own mappings waits for them.
///
/// Source: machine file; kernel: `flush_tlb_multi`, `on_each_cpu`, `invlpgb_flush_all`.
public final class FlushRounds {
  private FlushRounds() {}

  public static Quote of(Platform platform, FlushRound round) {
    return of(new Working(platform), round, Distance.SPREAD, Heat.HOT);
  }

  /// @param distance where the other CPUs are
  /// @param heat where the code of the flush is found, on every CPU
  static Quote of(Working working, FlushRound round, Distance distance, Heat heat) {
    if (round.form() == Form.INVLPGB) {
      return broadcast(working, round.pages());
    }
    Uncertain work = work(working, round.form(), round.pages());
    if (heat != Heat.HOT) {
      work = work.plus(working.term("code", PageInvalidate.code(working, heat)));
    }
    working.term("work", work);
    Uncertain local = round.local() ? work : Uncertain.ZERO;
    // A CPU that holds an address space lazily lets go of it instead.
    boolean user = round.form() == Form.MM_PAGE || round.form() == Form.MM_FULL;
    int preempted = user && working.machine().has(Parameter.PV_FLUSH) ? 0 : round.preempted();
    if (round.running() + round.idle() + preempted == 0) {
      return working.quote("work: no other CPU takes part", local);
    }
    Broadcast call =
        Broadcast.of(
            working,
            distance,
            round.running(),
            round.idle(),
            preempted,
            work,
            user ? Uncertain.ZERO : work);
    working.term("send", call.send());
    working.term("slowest", call.slowest());
    working.term("acknowledge", call.acknowledge());
    Uncertain remote = call.slowest().plus(call.acknowledge());
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
  static Uncertain work(Working working, Form form, long pages) {
    return switch (form) {
      case MM_PAGE, KERNEL_PAGE ->
          working
              .ns(Parameter.FLUSH_CALL)
              .plus(page(working, working.machine().has(Parameter.PTI)).times((double) pages));
      case MM_FULL -> working.ns(Parameter.FLUSH_CALL).plus(working.ns(Parameter.CR3_FLUSH));
      case GLOBAL ->
          working.ns(
              working.machine().has(Parameter.INVPCID)
                  ? Parameter.GLOBAL_FLUSH
                  : Parameter.PGE_TOGGLE);
      case INVLPGB -> Uncertain.ZERO;
    };
  }

  /// One page's translation dropped, in the user's half of the tables too under PTI.
  static Uncertain page(Working working, boolean pti) {
    Uncertain page = working.ns(Parameter.INVLPG);
    return pti ? page.plus(working.ns(Parameter.INVPCID_PAGE)) : page;
  }

  private static Quote broadcast(Working working, long pages) {
    Uncertain instructions = Uncertain.exactly(1);
    if (pages > 0) {
      instructions =
          Uncertain.exactly((double) pages)
              .dividedBy(working.value(Parameter.INVLPGB_PAGES))
              .map(Math::ceil);
    }
    Uncertain issue =
        working.term("issue", working.ns(Parameter.INVLPGB_ISSUE).times(instructions));
    Uncertain sync = working.term("sync", working.ns(Parameter.TLBSYNC));
    return working.quote("caller: issue + sync; stolen: nothing", issue.plus(sync));
  }
}
