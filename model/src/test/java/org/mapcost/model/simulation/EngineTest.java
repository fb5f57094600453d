package org.mapcost.model.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.simulation.Hardware.Lines;

/// Guards what the engine does on small cases that can be worked out by hand.
class EngineTest {
  private static final Call CALL = new Call(10, 100, 50, 400, 5, 20, true, Call.EVERY_OTHER);

  private final List<Double> ends = new ArrayList<>();

  private void start(Engine engine, Tape tape, double after) {
    Task task =
        engine.task(
            engine.group(0),
            new Client() {
              private int asked;

              @Override
              public Next next(Task self, double now) {
                return switch (asked++) {
                  case 0 -> {
                    self.sleep(after);
                    yield Next.SLEEP;
                  }
                  case 1 -> {
                    copy(tape, self.tape());
                    yield Next.RUN;
                  }
                  default -> Next.END;
                };
              }

              @Override
              public void done(Task self, double wanted, double now) {
                ends.add(now);
              }
            });
    engine.start(task);
  }

  private static void copy(Tape from, Tape to) {
    for (int i = 0; i < from.size(); i++) {
      switch (from.kind(i)) {
        case WORK -> to.work(from.value(i));
        case TRANSFER -> to.transfer(from.value(i));
        case ENTER -> to.enter(Lock.values()[(int) from.value(i)]);
        case LEAVE -> to.leave(Lock.values()[(int) from.value(i)]);
        case ENTER_SHARED -> to.enterShared(Lock.values()[(int) from.value(i)]);
        case LEAVE_SHARED -> to.leaveShared(Lock.values()[(int) from.value(i)]);
        case CALL -> to.call(from.callAt(i));
      }
    }
  }

  @Test
  void aCallProlongsTheWorkOfThoseItInterruptsAndWaitsForTheSlowest() {
    Engine engine = new Engine(Hardware.ideal(3), List.of(Queues.cpus(3)));
    start(engine, new Tape().call(CALL), 0);
    start(engine, new Tape().work(1000), 0);
    engine.runUntil(1e9);
    // CPU 2 is idle and answers at 10 + 100 + 400; the caller sees it 5 later.
    assertThat(ends).containsExactly(515.0, 1050.0);
    Usage usage = engine.usage(1e9);
    assertThat(usage.cpus().get(1).stolen()).isEqualTo(50);
    assertThat(usage.cpus().get(1).lost()).isEqualTo(50);
    assertThat(usage.cpus().get(2).lost()).isZero();
    assertThat(usage.cpus().get(0).waiting()).isCloseTo(485, within(1e-6));
  }

  @Test
  void twoCallsAtOnceQueueAtTheirTargets() {
    Engine engine = new Engine(Hardware.ideal(2), List.of(Queues.cpus(2)));
    Call remote = new Call(10, 0, 50, 50, 0, 0, true, Call.EVERY_OTHER);
    start(engine, new Tape().call(remote), 0);
    start(engine, new Tape().call(remote), 0);
    engine.runUntil(1e9);
    // Both answer the other's interrupt first.
    assertThat(ends).containsExactly(60.0, 60.0);
  }

  @Test
  void anInterruptedSpinnerStartsWhenItsHandlerIsDone() {
    Engine engine = new Engine(Hardware.ideal(3), List.of(Queues.cpus(3)));
    start(engine, new Tape().enter(Lock.CPA_LOCK).work(100).leave(Lock.CPA_LOCK), 0);
    start(engine, new Tape().enter(Lock.CPA_LOCK).work(7).leave(Lock.CPA_LOCK), 1);
    start(engine, new Tape().call(new Call(0, 90, 50, 50, 0, 0, false, 2)), 5);
    engine.runUntil(1e9);
    // Interrupts at 95: the holder ends at 150, the spinner's handler at 145.
    assertThat(ends).containsExactly(145.0, 150.0, 157.0);
  }

  @Test
  void locksAreHandedOverFirstComeFirstServedAtTheirPrice() {
    Hardware hardware =
        new Hardware(3, 3, Map.of(Lock.MEMTYPE_LOCK, 30.0), Lines.FREE, 3, 1e9, false);
    Engine engine = new Engine(hardware, List.of(Queues.cpus(3)));
    for (int i = 0; i < 3; i++) {
      start(engine, new Tape().enter(Lock.MEMTYPE_LOCK).work(100).leave(Lock.MEMTYPE_LOCK), i);
    }
    engine.runUntil(1e9);
    assertThat(ends).containsExactly(100.0, 230.0, 360.0);
    Usage.OfLock lock = engine.usage(1e9).locks().get(Lock.MEMTYPE_LOCK);
    assertThat(lock).isEqualTo(new Usage.OfLock(3, 2, 99 + 228, 360, 2));
  }

  @Test
  void aFreeLockComesWithItsCacheLine() {
    Hardware hardware = new Hardware(4, 2, Map.of(), new Lines(2, 40, 40, 100), 4, 1e9, false);
    Engine engine = new Engine(hardware, List.of(Queues.cpus(4)));
    Tape tape = new Tape().enter(Lock.CPA_LOCK).work(10).leave(Lock.CPA_LOCK);
    start(engine, new Tape().work(20).enter(Lock.CPA_LOCK).work(10).leave(Lock.CPA_LOCK), 0);
    start(engine, tape, 1000);
    start(engine, new Tape().work(2000).enter(Lock.CPA_LOCK).work(10).leave(Lock.CPA_LOCK), 0);
    engine.runUntil(1e9);
    // On CPU 0 first; the sleeper comes back to it and pays nothing; CPU 1 fetches it from there.
    assertThat(ends).containsExactly(30.0, 1010.0, 2050.0);
  }

  @Test
  void readersShareALockButNotItsCacheLine() {
    Hardware hardware =
        new Hardware(2, 2, Map.of(Lock.RESOURCE_LOCK, 40.0), Lines.FREE, 2, 1e9, false);
    Engine engine = new Engine(hardware, List.of(Queues.cpus(2)));
    Tape tape =
        new Tape().enterShared(Lock.RESOURCE_LOCK).work(100).leaveShared(Lock.RESOURCE_LOCK);
    start(engine, tape, 0);
    start(engine, tape, 10);
    engine.runUntil(1e9);
    // The second waits for the line until 50; the first's release moves it again, until 140, and
    // so does the second's, until 190.
    assertThat(ends).containsExactly(140.0, 190.0);
  }

  @Test
  void transfersShareTheBandwidthOfTheirSocket() {
    Hardware hardware = new Hardware(4, 2, Map.of(), Lines.FREE, 1, 1e9, false);
    Engine engine = new Engine(hardware, List.of(Queues.cpus(4)));
    start(engine, new Tape().transfer(100), 0);
    start(engine, new Tape().transfer(100), 50);
    start(engine, new Tape().transfer(100), 50);
    engine.runUntil(1e9);
    // CPUs 0 and 1 share: from 50 on each at half speed. CPU 2 is in another socket.
    assertThat(ends).containsExactly(150.0, 150.0, 200.0);
  }

  @Test
  void tasksTakeTurnsAfterTheirSlice() {
    Hardware hardware = new Hardware(1, 1, Map.of(), Lines.FREE, 1, 100, false);
    Engine engine = new Engine(hardware, List.of(Queues.cpus(1)));
    List<String> order = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      engine.start(
          engine.task(
              engine.group(0),
              new Client() {
                private int left = 4;

                @Override
                public Next next(Task task, double now) {
                  task.tape().work(60);
                  return left-- > 0 ? Next.RUN : Next.END;
                }

                @Override
                public void done(Task task, double wanted, double now) {
                  order.add(name);
                }
              }));
    }
    engine.runUntil(1e9);
    assertThat(String.join("", order)).isEqualTo("aabbaabb");
  }

  @Test
  void eventsComeInTheOrderOfASortedQueueWhateverIsMovedOrCalledOff() {
    RandomGenerator random = Queues.random(3);
    for (int round = 0; round < 200; round++) {
      int slots = 1 + random.nextInt(60);
      EventList list = new EventList(slots);
      double[] times = new double[slots];
      java.util.Arrays.fill(times, Double.NaN);
      for (int i = 0; i < 300; i++) {
        int slot = random.nextInt(slots);
        switch (random.nextInt(4)) {
          case 0 -> {
            list.cancel(slot);
            times[slot] = Double.NaN;
          }
          case 1 -> {
            int next = list.next();
            PriorityQueue<Double> expected = new PriorityQueue<>();
            for (double time : times) {
              if (!Double.isNaN(time)) {
                expected.add(time);
              }
            }
            if (next == EventList.NONE) {
              assertThat(expected).isEmpty();
            } else {
              assertThat(times[next]).isEqualTo(expected.peek()).isEqualTo(list.now());
              times[next] = Double.NaN;
            }
          }
          default -> {
            times[slot] = list.now() + random.nextInt(50);
            list.schedule(slot, times[slot]);
          }
        }
      }
    }
  }

  @Test
  void eventsOfOneMomentComeInTheOrderTheyWereScheduled() {
    EventList list = new EventList(40);
    for (int slot = 39; slot >= 0; slot--) {
      list.schedule(slot, 7);
    }
    for (int slot = 39; slot >= 0; slot--) {
      assertThat(list.next()).isEqualTo(slot);
    }
  }

  @Test
  void wrongUseIsRefusedInWords() {
    EventList list = new EventList(1);
    list.schedule(0, 5);
    list.next();
    assertThatThrownBy(() -> list.schedule(0, 4))
        .hasMessage("an event at 4.0 ns, when it is 5.0 ns");
    assertThatThrownBy(() -> new Tape().work(-1))
        .hasMessage("work takes zero or more nanoseconds, not -1.0");
    Engine engine = new Engine(Hardware.ideal(1), List.of(Queues.cpus(1)));
    start(engine, new Tape().leave(Lock.CPA_LOCK), 0);
    assertThatThrownBy(() -> engine.runUntil(1))
        .hasMessage("CPU 0 drops cpa_lock, which it has not");
  }
}
