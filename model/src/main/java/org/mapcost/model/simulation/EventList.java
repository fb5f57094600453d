package org.mapcost.model.simulation;

import java.util.Arrays;

/// The events that are still to come, at most one for each slot: a CPU, a timer, a device.
///
/// A 4-ary heap of primitives with the place of every slot in it, so that an event can be moved or
/// called off. Of events at the same moment the one scheduled first comes first. Nothing is
/// allocated except when slots are added. Not safe for use by several threads.
public final class EventList {
  /// What [#next] answers when nothing is to come.
  public static final int NONE = -1;

  private static final int WAYS = 4;

  private double[] times;
  private long[] orders;
  private int[] slots;

  /// Per slot: its place in the heap, or -1.
  private int[] places;

  private int known;
  private int size;
  private long scheduled;
  private double now;

  /// @param slots how many there are at first, numbered from 0
  public EventList(int slots) {
    if (slots < 0) {
      throw new IllegalArgumentException("zero slots or more, not " + slots);
    }
    int room = Math.max(16, slots);
    times = new double[room];
    orders = new long[room];
    this.slots = new int[room];
    places = new int[room];
    Arrays.fill(places, NONE);
    known = slots;
  }

  /// One slot more; its number.
  public int addSlot() {
    if (known == places.length) {
      int room = 2 * known;
      times = Arrays.copyOf(times, room);
      orders = Arrays.copyOf(orders, room);
      slots = Arrays.copyOf(slots, room);
      places = Arrays.copyOf(places, room);
      Arrays.fill(places, known, room, NONE);
    }
    return known++;
  }

  /// The time of the last event that [#next] gave, in nanoseconds.
  public double now() {
    return now;
  }

  /// How many events are to come.
  public int size() {
    return size;
  }

  /// How many events were ever scheduled, moves included.
  public long scheduled() {
    return scheduled;
  }

  /// Sets the slot's event to a time, now or later; one that it has already is moved there and goes
  /// behind all others of that moment.
  public void schedule(int slot, double time) {
    if (!(time >= now)) {
      throw new IllegalArgumentException("an event at " + time + " ns, when it is " + now + " ns");
    }
    long order = scheduled++;
    int place = places[slot];
    if (place == NONE) {
      up(size++, slot, time, order);
    } else if (time < times[place]) {
      up(place, slot, time, order);
    } else {
      down(place, slot, time, order);
    }
  }

  /// Calls the slot's event off; nothing where it has none.
  public void cancel(int slot) {
    int place = places[slot];
    if (place == NONE) {
      return;
    }
    places[slot] = NONE;
    size--;
    if (place < size) {
      int moved = slots[size];
      double time = times[size];
      long order = orders[size];
      if (place > 0 && isBefore(time, order, (place - 1) / WAYS)) {
        up(place, moved, time, order);
      } else {
        down(place, moved, time, order);
      }
    }
  }

  /// Whether the slot has an event to come.
  public boolean isScheduled(int slot) {
    return places[slot] != NONE;
  }

  /// When the next event is; infinite where there is none.
  public double nextTime() {
    return size == 0 ? Double.POSITIVE_INFINITY : times[0];
  }

  /// Takes the earliest event, moves the clock to it and gives its slot, or [#NONE].
  public int next() {
    if (size == 0) {
      return NONE;
    }
    int slot = slots[0];
    now = times[0];
    places[slot] = NONE;
    if (--size > 0) {
      down(0, slots[size], times[size], orders[size]);
    }
    return slot;
  }

  private boolean isBefore(double time, long order, int place) {
    return time < times[place] || (time == times[place] && order < orders[place]);
  }

  private void up(int from, int slot, double time, long order) {
    int place = from;
    while (place > 0) {
      int parent = (place - 1) / WAYS;
      if (!isBefore(time, order, parent)) {
        break;
      }
      move(parent, place);
      place = parent;
    }
    put(place, slot, time, order);
  }

  private void down(int from, int slot, double time, long order) {
    int place = from;
    while (true) {
      int first = WAYS * place + 1;
      if (first >= size) {
        break;
      }
      int least = first;
      int last = Math.min(first + WAYS, size);
      for (int child = first + 1; child < last; child++) {
        if (isBefore(times[child], orders[child], least)) {
          least = child;
        }
      }
      if (isBefore(time, order, least)) {
        break;
      }
      move(least, place);
      place = least;
    }
    put(place, slot, time, order);
  }

  private void move(int from, int to) {
    put(to, slots[from], times[from], orders[from]);
  }

  private void put(int place, int slot, double time, long order) {
    slots[place] = slot;
    times[place] = time;
    orders[place] = order;
    places[slot] = place;
  }
}
