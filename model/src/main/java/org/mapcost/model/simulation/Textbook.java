package org.mapcost.model.simulation;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.mapcost.model.cost.Lock;

/// Queues of the textbooks, run by the engine, and what the textbooks say of them.
final class Textbook {
  private Textbook() {}

  private static BitSet cpus(int count) {
    BitSet all = new BitSet();
    all.set(0, count);
    return all;
  }

  /// The mean wait of M/M/1, in the unit of the mean service.
  static double waitOfExponentialService(double utilisation, double service) {
    return utilisation * service / (1 - utilisation);
  }

  /// The mean wait of M/D/1 (Pollaczek and Khinchine).
  static double waitOfConstantService(double utilisation, double service) {
    return utilisation * service / (2 * (1 - utilisation));
  }

  /// The mean wait of M/M/c.
  static double waitOfServers(int servers, double utilisation, double service) {
    return erlangC(servers, utilisation) * service / (servers * (1 - utilisation));
  }

  /// The probability that a customer waits.
  private static double erlangC(int servers, double utilisation) {
    double offered = servers * utilisation;
    double blocked = 1;
    for (int n = 1; n <= servers; n++) {
      blocked = offered * blocked / (n + offered * blocked);
    }
    return blocked / (1 - utilisation * (1 - blocked));
  }

  /// Customers served in a unit of time by one server that they come back to after thinking (mean
  /// value analysis).
  static double throughputOfClosedLoop(int customers, double think, double service) {
    double inQueue = 0;
    double throughput = 0;
    for (int n = 1; n <= customers; n++) {
      double response = service * (1 + inQueue);
      throughput = n / (response + think);
      inQueue = throughput * response;
    }
    return throughput;
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
        engine.start(engine.task(engine.group(0), new Thinker(think, service)));
      }
    }

    private final class Thinker implements Client {
      private final DoubleSupplier think;
      private final DoubleSupplier service;
      private boolean thinks;

      Thinker(DoubleSupplier think, DoubleSupplier service) {
        this.think = think;
        this.service = service;
      }

      @Override
      public Next next(Task self, double now) {
        thinks = !thinks;
        if (thinks) {
          self.sleep(think.getAsDouble());
          return Next.SLEEP;
        }
        self.tape().enter(Lock.MEMTYPE_LOCK).work(service.getAsDouble()).leave(Lock.MEMTYPE_LOCK);
        return Next.RUN;
      }

      @Override
      public void done(Task self, double wanted, double now) {
        served++;
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
