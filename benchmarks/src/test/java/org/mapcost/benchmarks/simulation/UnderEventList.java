package org.mapcost.benchmarks.simulation;

import org.mapcost.model.simulation.EventList;

/// The bare event list: a slot for each source and one for the server.
final class UnderEventList extends SingleServer {
  private final EventList events;
  private final Arrivals waiting = new Arrivals();
  private final int server;
  private boolean busy;
  private double wait;

  UnderEventList(int sources) {
    super(sources);
    events = new EventList(sources + 1);
    server = sources;
    for (int i = 0; i < sources; i++) {
      events.schedule(i, gap());
    }
  }

  @Override
  void serve(long customers) {
    long until = served() + customers;
    while (served() < until) {
      int slot = events.next();
      double now = events.now();
      if (slot == server) {
        served(wait);
        if (waiting.isEmpty()) {
          busy = false;
        } else {
          begin(waiting.remove(), now);
        }
      } else {
        if (busy) {
          waiting.add(now);
        } else {
          begin(now, now);
        }
        events.schedule(slot, now + gap());
      }
    }
  }

  private void begin(double came, double now) {
    busy = true;
    wait = now - came;
    events.schedule(server, now + service());
  }
}
