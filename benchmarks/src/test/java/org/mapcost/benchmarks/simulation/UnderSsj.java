package org.mapcost.benchmarks.simulation;

import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;
import umontreal.ssj.simevents.eventlist.BinaryTree;
import umontreal.ssj.simevents.eventlist.EventList;
import umontreal.ssj.simevents.eventlist.Henriksen;
import umontreal.ssj.simevents.eventlist.SplayTree;

/// SSJ's simulator. Its events are used again, which spares it their allocation.
final class UnderSsj extends SingleServer {
  private final Simulator simulator;
  private final Arrivals waiting = new Arrivals();
  private final Departure departure;
  private boolean busy;
  private double wait;
  private long until;

  UnderSsj(String list, int sources) {
    super(sources);
    simulator = new Simulator(list(list));
    simulator.init();
    departure = new Departure();
    for (int i = 0; i < sources; i++) {
      new Source().schedule(gap());
    }
  }

  private static EventList list(String name) {
    return switch (name) {
      case "ssj-splay-tree" -> new SplayTree();
      case "ssj-henriksen" -> new Henriksen();
      case "ssj-binary-tree" -> new BinaryTree();
      default -> throw new IllegalArgumentException(name);
    };
  }

  @Override
  void serve(long customers) {
    until = served() + customers;
    simulator.start();
  }

  private void begin(double came) {
    busy = true;
    wait = simulator.time() - came;
    departure.schedule(service());
  }

  private final class Source extends Event {
    Source() {
      super(simulator);
    }

    @Override
    public void actions() {
      double now = simulator.time();
      if (busy) {
        waiting.add(now);
      } else {
        begin(now);
      }
      schedule(gap());
    }
  }

  private final class Departure extends Event {
    Departure() {
      super(simulator);
    }

    @Override
    public void actions() {
      served(wait);
      if (waiting.isEmpty()) {
        busy = false;
      } else {
        begin(waiting.remove());
      }
      if (served() == until) {
        simulator.stop();
      }
    }
  }
}
