package org.mapcost.model.machine.price;

import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.FlushRound.Form;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Uncertain;

/// The moments of a flush round whose price is [FlushRounds], in nanoseconds: what a simulation
/// needs, where other things happen in between.
///
/// @param send until the last interrupt is on its way
/// @param delivery from then until it arrives
/// @param running what it takes from a target that runs
/// @param idle how long a target that is idle takes to wake up and answer
/// @param acknowledge from the slowest target's end until the caller sees it
/// @param local the caller's own flush
/// @param concurrent whether that overlaps with the others' work
public record CallTimes(
    Interval send,
    Interval delivery,
    Interval running,
    Interval idle,
    Interval acknowledge,
    Interval local,
    boolean concurrent) {
  /// Of a round that interrupts somebody. Throws `IllegalArgumentException` for any other.
  public static CallTimes of(Platform platform, FlushRound round) {
    if (round.interrupted() == 0) {
      throw new IllegalArgumentException("nobody is interrupted: " + round);
    }
    Working working = new Working(platform);
    int targets = round.interrupted();
    Uncertain work = FlushRounds.work(working, round.form(), round.pages());
    boolean lazy = round.form() == Form.MM_PAGE || round.form() == Form.MM_FULL;
    Uncertain idleWork = lazy ? Uncertain.ZERO : work;
    Broadcast toRunning = Broadcast.of(working, targets, 0, 0, work, idleWork);
    Broadcast toIdle = Broadcast.of(working, 0, targets, 0, work, idleWork);
    Uncertain running = toRunning.stolen().times(1.0 / targets);
    Uncertain delivery = toRunning.slowest().less(running);
    return new CallTimes(
        toRunning.send().interval(),
        delivery.interval(),
        running.interval(),
        toIdle.slowest().less(delivery).interval(),
        toRunning.acknowledge().interval(),
        round.local() ? work.interval() : Interval.ZERO,
        round.order() == Order.CONCURRENT);
  }
}
