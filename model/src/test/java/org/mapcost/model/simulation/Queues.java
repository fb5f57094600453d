package org.mapcost.model.simulation;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.mapcost.model.cost.Lock;

/// Queues of the textbooks, run by the engine.
final class Queues {
  private Queues() {}

  static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  static DoubleSupplier exponential(double mean, RandomGenerator random) {
    return () -> mean * random.nextExponential();
  }

  static BitSet cpus(int count) {
    BitSet all = new BitSet();
    all.set(0, count);
    return all;
  }

  /// Customers that come by themselves: each runs one operation and goes.
  static final class Open implements Timer {
    final Engine engine;
    final BatchMeans waits;
    private final boolean lock;
    private final DoubleSupplier gap;
    private final DoubleSupplier service;
    private final Deque<Customer> resting = new ArrayDeque<>();
    private final long unmeasured;
    private long served;

    /// @param lock whether the service is rendered under one lock, else by the CPUs
    /// @param unmeasured customers at the beginning that do not count: the warm-up
    /// @param batch customers in the first batches
    Open(
        int cpus,
        boolean lock,
        long unmeasured,
        long batch,
        DoubleSupplier gap,
        DoubleSupplier service) {
      this.engine = new Engine(Hardware.ideal(cpus), List.of(cpus(cpus)));
      this.waits = new BatchMeans(batch);
      this.lock = lock;
      this.unmeasured = unmeasured;
      this.gap = gap;
      this.service = service;
      engine.timer(gap.getAsDouble(), this);
    }

    @Override
    public double fire(double now) {
      Customer customer = resting.isEmpty() ? new Customer() : resting.pop();
      engine.start(customer.task);
      return now + gap.getAsDouble();
    }

    /// Serves so many customers after the warm-up.
    Open serve(long customers) {
      while (served < unmeasured + customers) {
        engine.step();
      }
      return this;
    }

    private final class Customer implements Client {
      final Task task = engine.task(engine.group(0), this);
      private boolean done;
      private double takes;

      @Override
      public Next next(Task self, double now) {
        if (done) {
          done = false;
          resting.push(this);
          return Next.END;
        }
        takes = service.getAsDouble();
        if (lock) {
          self.tape().enter(Lock.MEMTYPE_LOCK).work(takes).leave(Lock.MEMTYPE_LOCK);
        } else {
          self.tape().work(takes);
        }
        return Next.RUN;
      }

      @Override
      public void done(Task self, double wanted, double now) {
        done = true;
        served++;
        if (served == unmeasured) {
          engine.reset();
        } else if (served > unmeasured) {
          waits.add(now - wanted - takes);
        }
      }
    }
  }

  /// A fixed number of customers, each on a CPU of its own, that think and then want one lock.
  static final class Closed {
    final Engine engine;
    private long served;

    Closed(int customers, DoubleSupplier think, DoubleSupplier service) {
      engine = new Engine(Hardware.ideal(customers), List.of(cpus(customers)));
      for (int i = 0; i < customers; i++) {
        engine.start(
            engine.task(
                engine.group(0),
                new Client() {
                  private boolean thinks;

                  @Override
                  public Next next(Task self, double now) {
                    thinks = !thinks;
                    if (thinks) {
                      self.sleep(think.getAsDouble());
                      return Next.SLEEP;
                    }
                    self.tape()
                        .enter(Lock.MEMTYPE_LOCK)
                        .work(service.getAsDouble())
                        .leave(Lock.MEMTYPE_LOCK);
                    return Next.RUN;
                  }

                  @Override
                  public void done(Task self, double wanted, double now) {
                    served++;
                  }
                }));
      }
    }

    /// Customers served in a stretch of time that follows a warm-up, a nanosecond.
    double throughput(double warmup, double length) {
      engine.runUntil(warmup);
      engine.reset();
      served = 0;
      engine.runUntil(warmup + length);
      return served / length;
    }
  }
}
