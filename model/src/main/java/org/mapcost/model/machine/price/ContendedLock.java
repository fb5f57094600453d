package org.mapcost.model.machine.price;

import java.util.ArrayList;
import java.util.List;
import org.mapcost.model.cost.Conditions.Heat;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.kernel.Operation;
import org.mapcost.model.machine.Dimension;

/// A lock that many CPUs ask for again and again, from asking for it to having dropped it.
///
/// Formula, nanoseconds, for CPUs that do `elsewhere` between two turns:
/// * `memtype_lock`: period = section + hand-over; caller = max(free + section, contenders x period
///   - elsewhere). While that is the larger, the lock is never free: 1 / period CPUs a second get
///     it, whatever their number.
/// * `resource_lock`, read side: readers hold it together, and only the line of their counter is
///   served one after another; period = hand-over; caller = section + max(free or, with others,
///   hand-over; contenders x period - elsewhere - section).
///
/// These are the asymptotes: where neither clearly wins, chance adds some waiting. Hand-over: see
/// [HandOver]. Section: what is set, or the search of the memtype tree, or a hot walk.
///
/// Source: machine file, instructions recorded; the number of line transfers is argued.
public final class ContendedLock implements PriceFunction {
  private final Lock lock;

  /// @param lock [Lock#MEMTYPE_LOCK] or [Lock#RESOURCE_LOCK]
  public ContendedLock(Lock lock) {
    if (lock != Lock.MEMTYPE_LOCK && lock != Lock.RESOURCE_LOCK) {
      throw new IllegalArgumentException(lock.key() + " has no section of its own");
    }
    this.lock = lock;
  }

  @Override
  public String name() {
    return lock == Lock.MEMTYPE_LOCK ? "memtype-lock" : "resource-lock";
  }

  @Override
  public String description() {
    return lock == Lock.MEMTYPE_LOCK
        ? "memtype_lock taken by many CPUs again and again: waiting, section and hand-over"
        : "resource_lock read by many CPUs again and again: waiting for its line, and the walk";
  }

  @Override
  public List<Argument> arguments() {
    List<Argument> arguments = new ArrayList<>();
    arguments.add(
        Argument.of(
            "contenders",
            Dimension.COUNT,
            machine -> String.valueOf(machine.cpus()),
            "CPUs that want it, the caller included"));
    arguments.add(
        Argument.of(
            "section",
            Dimension.TIME,
            "0ns",
            lock == Lock.MEMTYPE_LOCK
                ? "how long each holds it; 0ns for a search of the tree"
                : "how long each holds it; 0ns for a walk"));
    arguments.add(
        Argument.of("elsewhere", Dimension.TIME, "0ns", "what each does between two turns"));
    arguments.add(
        lock == Lock.MEMTYPE_LOCK
            ? Argument.of("entries", Dimension.COUNT, "8", "reservations in the memtype tree")
            : Argument.of("nodes", Dimension.COUNT, "64", "nodes of the resource tree in a walk"));
    return arguments;
  }

  @Override
  public Quote price(Platform platform, Arguments arguments) {
    Working working = new Working(platform);
    int contenders = Math.max(1, arguments.count("contenders"));
    Uncertain free = working.term("free", HandOver.free(working, lock));
    Uncertain handOver = working.term("hand-over", HandOver.contended(working, lock, contenders));
    Uncertain section = working.term("section", section(working, arguments));
    Uncertain elsewhere =
        working.term("elsewhere", Uncertain.exactly(arguments.number("elsewhere")));
    boolean readers = lock == Lock.RESOURCE_LOCK;
    Uncertain alone = readers ? free.max(handOver) : free.plus(section);
    Uncertain period = readers ? alone : section.plus(contenders > 1 ? handOver : free);
    working.term("period", period);
    Uncertain queue = period.times((double) contenders);
    if (readers) {
      return working.quote(
          "caller: section + max(free, hand-over, contenders x period - elsewhere - section)",
          section.plus(alone.max(queue.less(elsewhere.plus(section)))));
    }
    return working.quote(
        "caller: max(free + section, contenders x period - elsewhere)",
        alone.max(queue.less(elsewhere)));
  }

  private Uncertain section(Working working, Arguments arguments) {
    double set = arguments.number("section");
    if (set > 0) {
      return Uncertain.exactly(set);
    }
    if (lock == Lock.MEMTYPE_LOCK) {
      return working
          .include(
              "search", MemtypeSearch.of(working.platform(), arguments.number("entries")).price())
          .callerTime();
    }
    double nodes = arguments.number("nodes");
    return working
        .include(
            "node",
            NodeVisit.of(working.platform(), nodes * NodeVisit.NODE_BYTES, Heat.HOT).price())
        .callerTime()
        .times(nodes)
        .plus(working.instructions(Operation.RESOURCE_WALK));
  }
}
