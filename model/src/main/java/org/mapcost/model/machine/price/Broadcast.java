package org.mapcost.model.machine.price;

import org.mapcost.model.cost.Interval;
import org.mapcost.model.kernel.Operation;
import org.mapcost.model.machine.Parameter;

/// A call of other CPUs by interrupt, and the wait for all of them (`smp_call_function_many_cond`).
///
/// The caller's time is send + the slowest target + its acknowledgement: targets run at the same
/// time, so their number shows in the sending alone. The others' lost time is a sum over them.
///
/// @param send until the last interrupt is on its way: fixed part + targets x (list entry + lines
///   fetched from each, by distance + exits to a hypervisor)
/// @param slowest from then until the slowest target has done its work: delivery, distance, wake-up
///   from idle, crossing into the kernel, handler and work
/// @param acknowledge until the caller sees it
/// @param stolen what the running targets lose, summed; an idle one loses nothing
record Broadcast(Interval send, Interval slowest, Interval acknowledge, Interval stolen) {
  /// @param running targets that run
  /// @param idle targets that are idle
  /// @param preempted virtual CPUs that do not run on the host
  /// @param work what each running target is asked to do
  /// @param idleWork what an idle one is asked to do
  static Broadcast of(
      Working working, int running, int idle, int preempted, Interval work, Interval idleWork) {
    int targets = running + idle + preempted;
    Targets where = new Targets(working, targets);
    Interval lines = where.lines().times(working.value(Parameter.IPI_LINES));
    Interval send =
        working
            .ns(Parameter.IPI_SEND)
            .plus(working.ns(Parameter.IPI_SEND_TARGET).times(targets))
            .plus(working.ns(Parameter.IPI_EXIT).times(targets))
            .plus(lines);
    Interval crossing = FaultEntry.crossing(working, working.machine().has(Parameter.PTI));
    Interval handler = working.instructions(Operation.IPI_HANDLER);
    Interval arrival = working.ns(Parameter.IPI_DELIVERY).plus(where.farthest());
    Interval busy = crossing.plus(handler).plus(work);
    Interval slowest = Interval.ZERO;
    if (running + preempted > 0) {
      slowest = busy;
    }
    if (preempted > 0) {
      slowest = slowest.plus(working.ns(Parameter.PREEMPTED_WAIT));
    }
    if (idle > 0) {
      Interval woken = working.ns(Parameter.C_STATE_EXIT).plus(handler).plus(idleWork);
      slowest = slowest.max(woken);
    }
    return new Broadcast(
        send,
        arrival.plus(slowest),
        working.ns(Parameter.IPI_ACKNOWLEDGE).plus(where.farthest()),
        busy.times(running + preempted));
  }
}
