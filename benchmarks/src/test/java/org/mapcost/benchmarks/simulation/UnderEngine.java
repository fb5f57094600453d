package org.mapcost.benchmarks.simulation;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.mapcost.model.simulation.Client;
import org.mapcost.model.simulation.Engine;
import org.mapcost.model.simulation.Hardware;
import org.mapcost.model.simulation.Task;

/// Customers are tasks, the server is a CPU: everything that a simulated operation goes through.
final class UnderEngine extends SingleServer {
  private final Engine engine;
  private final Deque<Customer> resting = new ArrayDeque<>();

  UnderEngine(int sources) {
    super(sources);
    BitSet one = new BitSet();
    one.set(0);
    engine = new Engine(Hardware.ideal(1), List.of(one));
    for (int i = 0; i < sources; i++) {
      engine.timer(gap(), this::arrives);
    }
  }

  private double arrives(double now) {
    Customer customer = resting.isEmpty() ? new Customer() : resting.pop();
    engine.start(customer.task);
    return now + gap();
  }

  @Override
  void serve(long customers) {
    long until = served() + customers;
    while (served() < until) {
      engine.step();
    }
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
      takes = service();
      self.tape().work(takes);
      return Next.RUN;
    }

    @Override
    public void done(Task self, double wanted, double now) {
      done = true;
      served(now - wanted - takes);
    }
  }
}
