package org.mapcost.model.machine.price;

import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.kernel.Operation;
import org.mapcost.model.machine.Parameter;

/// Locks that are free, and locks that pass from one CPU to the next.
///
/// Formulas, nanoseconds:
/// * free: one locked instruction for a spinlock, whose release is a plain store; two for the read
///   side of a rwlock.
/// * spinlock, hand-over: transfers x line + a locked instruction. The release takes the lock's
///   line away from the waiter that reads it, the waiter fetches it, makes it its own, and wakes
///   the next in the queue by writing into its line before its own release can be seen.
/// * reader: 2 x (line + a locked instruction): the count of readers is fetched to come and to go.
///
/// A line comes from a contender, so its price is the mean over those.
///
/// Source: machine file; the number of transfers is argued from `kernel/locking/qspinlock.c` and
/// `qrwlock.c` (6.1), no timing of one hand-over was found.
final class HandOver {
  private static final int READER_OPERATIONS = 2;

  private HandOver() {}

  /// A lock that nobody else wants. That of a page table stands for the way down to it, too.
  static Uncertain free(Working working, Lock lock) {
    Uncertain locked = working.ns(Parameter.LOCKED_OPERATION);
    return switch (lock) {
      case RESOURCE_LOCK -> locked.times(READER_OPERATIONS);
      case PTE_LOCK -> locked.plus(working.instructions(Operation.PTE_DESCENT));
      case MEMTYPE_LOCK, CPA_LOCK, PGD_LOCK, POOL_LOCK, SHRINKER_LOCK -> locked;
    };
  }

  /// A lock that `contenders` CPUs want; zero for one or none.
  static Uncertain contended(Working working, Lock lock, int contenders) {
    if (contenders < 0) {
      throw new IllegalArgumentException("a lock has no negative number of CPUs: " + contenders);
    }
    if (contenders < 2) {
      return Uncertain.ZERO;
    }
    int others = contenders - 1;
    Uncertain line = new Targets(working, others).lines().times(1.0 / others);
    Uncertain locked = working.ns(Parameter.LOCKED_OPERATION);
    return lock == Lock.RESOURCE_LOCK
        ? line.plus(locked).times(READER_OPERATIONS)
        : line.times(working.value(Parameter.LOCK_TRANSFERS)).plus(locked);
  }
}
