package org.mapcost.model.machine.price;

import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.kernel.Operation;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.price.Targets.Distance;

/// A call of other CPUs by interrupt, and the wait for all of them (`smp_call_function_many_cond`).
///
/// The caller's time is send + the slowest target + its acknowledgement: targets run at the same
/// time, so their number shows in the sending alone. The others' lost time is a sum over them.
///
/// @param send until the last interrupt is on its way: fixed part + targets x (list entry + lines
///   fetched from each, by distance + exits to a hypervisor). The tail of the acknowledgement, a
///   line read from every target, is among those lines
/// @param slowest from then until the slowest target has done its work: delivery, distance, wake-up
///   from idle, entry into the kernel, handler and work; its return comes after its acknowledgement
/// @param acknowledge until the caller sees it
/// @param stolen what the running targets lose, summed; an idle one loses nothing
record Broadcast(Uncertain send, Uncertain slowest, Uncertain acknowledge, Uncertain stolen) {
  /// Targets anywhere on the machine.
  static Broadcast of(
      Working working, int running, int idle, int preempted, Uncertain work, Uncertain idleWork) {
    return of(working, Distance.SPREAD, running, idle, preempted, work, idleWork);
  }

  /// @param distance where the targets are
  /// @param running targets that run
  /// @param idle targets that are idle
  /// @param preempted virtual CPUs that do not run on the host
  /// @param work what each running target is asked to do
  /// @param idleWork what an idle one is asked to do
  static Broadcast of(
      Working working,
      Distance distance,
      int running,
      int idle,
      int preempted,
      Uncertain work,
      Uncertain idleWork) {
    int targets = running + idle + preempted;
    Targets where = new Targets(working, targets, distance);
    Uncertain lines = where.lines().times(working.value(Parameter.IPI_LINES));
    Uncertain send =
        working
            .ns(Parameter.IPI_SEND)
            .plus(working.ns(Parameter.IPI_SEND_TARGET).times((double) targets))
            .plus(working.ns(Parameter.IPI_EXIT).times((double) targets))
            .plus(lines);
    boolean pti = working.machine().has(Parameter.PTI);
    Uncertain handler = working.instructions(Operation.IPI_HANDLER);
    Uncertain arrival = working.ns(Parameter.IPI_DELIVERY).plus(where.farthest());
    Uncertain handled = handler.plus(work);
    Uncertain slowest = Uncertain.ZERO;
    if (running + preempted > 0) {
      slowest = FaultEntry.entering(working, pti).plus(handled);
    }
    if (preempted > 0) {
      slowest = slowest.plus(working.ns(Parameter.PREEMPTED_WAIT));
    }
    if (idle > 0) {
      Uncertain woken = working.ns(Parameter.C_STATE_EXIT).plus(handler).plus(idleWork);
      slowest = slowest.max(woken);
    }
    return new Broadcast(
        send,
        arrival.plus(slowest),
        working.ns(Parameter.IPI_ACKNOWLEDGE).plus(where.farthest()),
        FaultEntry.crossing(working, pti).plus(handled).times((double) running + preempted));
  }
}
