package org.mapcost.model.simulation;

import java.util.Arrays;

/// The events that are still to come, at most one for each slot: a CPU, a timer, a device.
///
/// A 4-ary heap of primitives with the place of every slot in it, so that an event can be moved or
/// called off. Of events at the same moment the one scheduled first comes first. A taken event
/// leaves its place open at the top: most events schedule another one, which is put there and sinks
/// once. The least of four children is found without branches that no CPU can predict. Nothing is
/// allocated except when slots are added. Not safe for use by several threads.
public final class EventList {
  /// What [#next] answers when nothing is to come.
  public static final int NONE = -1;

  private static final int WAYS = 4;

  /// The bits of each time: of numbers from zero on, they are in the same order.
  private long[] keys;

  private long[] orders;
  private int[] slots;

  /// Per slot: its place in the heap, or -1.
  private int[] places;

  private int known;
  private int size;
  private long scheduled;
  private double now;

  /// Whether the event at the top is taken, and its place still open.
  private boolean open;

  /// @param slots how many there are at first, numbered from 0
  public EventList(int slots) {
    if (slots < 0) {
      throw new IllegalArgumentException("zero slots or more, not " + slots);
    }
    int room = Math.max(16, slots);
    keys = new long[room];
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
      keys = Arrays.copyOf(keys, room);
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
    return open ? size - 1 : size;
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
    long key = key(time);
    int place = places[slot];
    if (place == NONE) {
      if (open) {
        open = false;
        down(0, slot, key, order);
      } else {
        up(size++, slot, key, order);
      }
      return;
    }
    if (open) {
      close();
      place = places[slot];
    }
    if (key < keys[place]) {
      up(place, slot, key, order);
    } else {
      down(place, slot, key, order);
    }
  }

  /// Not the bits of minus zero, which are below all others.
  private static long key(double time) {
    return Double.doubleToRawLongBits(time + 0.0);
  }

  /// The last event sinks from the open place.
  private void close() {
    open = false;
    if (--size > 0) {
      down(0, slots[size], keys[size], orders[size]);
    }
  }

  /// Calls the slot's event off; nothing where it has none.
  public void cancel(int slot) {
    if (places[slot] == NONE) {
      return;
    }
    if (open) {
      close();
    }
    int place = places[slot];
    places[slot] = NONE;
    size--;
    if (place < size) {
      int moved = slots[size];
      long key = keys[size];
      long order = orders[size];
      if (place > 0 && isBefore(key, order, (place - 1) / WAYS)) {
        up(place, moved, key, order);
      } else {
        down(place, moved, key, order);
      }
    }
  }

  /// Whether the slot has an event to come.
  public boolean isScheduled(int slot) {
    return places[slot] != NONE;
  }

  /// When the next event is; infinite where there is none.
  public double nextTime() {
    if (open) {
      close();
    }
    return size == 0 ? Double.POSITIVE_INFINITY : Double.longBitsToDouble(keys[0]);
  }

  /// Takes the earliest event, moves the clock to it and gives its slot, or [#NONE].
  public int next() {
    if (open) {
      close();
    }
    if (size == 0) {
      return NONE;
    }
    int slot = slots[0];
    now = Double.longBitsToDouble(keys[0]);
    places[slot] = NONE;
    open = true;
    return slot;
  }

  private boolean isBefore(long key, long order, int place) {
    return key < keys[place] || (key == keys[place] && order < orders[place]);
  }

  private void up(int from, int slot, long key, long order) {
    int place = from;
    while (place > 0) {
      int parent = (place - 1) / WAYS;
      if (!isBefore(key, order, parent)) {
        break;
      }
      move(parent, place);
      place = parent;
    }
    put(place, slot, key, order);
  }

  private void down(int from, int slot, long key, long order) {
    int place = from;
    while (true) {
      int first = WAYS * place + 1;
      if (first >= size) {
        break;
      }
      int least = first + WAYS <= size ? leastOfFour(first) : leastFrom(first, size);
      if (isBefore(key, order, least)) {
        break;
      }
      move(least, place);
      place = least;
    }
    put(place, slot, key, order);
  }

  /// The earliest of four events beside each other. The difference of two keys, both zero or more,
  /// has the sign of their order.
  private int leastOfFour(int first) {
    long a = keys[first];
    long b = keys[first + 1];
    long c = keys[first + 2];
    long d = keys[first + 3];
    long ab = Math.min(a, b);
    long cd = Math.min(c, d);
    if (a == b || c == d || ab == cd) {
      return leastFrom(first, first + WAYS);
    }
    int ofAb = first + (int) ((b - a) >>> 63);
    int ofCd = first + 2 + (int) ((d - c) >>> 63);
    int mask = (int) ((cd - ab) >> 63);
    return (ofCd & mask) | (ofAb & ~mask);
  }

  private int leastFrom(int first, int end) {
    int least = first;
    for (int child = first + 1; child < end; child++) {
      if (isBefore(keys[child], orders[child], least)) {
        least = child;
      }
    }
    return least;
  }

  private void move(int from, int to) {
    put(to, slots[from], keys[from], orders[from]);
  }

  private void put(int place, int slot, long key, long order) {
    slots[place] = slot;
    keys[place] = key;
    orders[place] = order;
    places[slot] = place;
  }
}
