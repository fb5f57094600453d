package org.mapcost.model.workload;

import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mapcost.model.InputException;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.TouchOrder;

/// Clients of one kind. Each gets a buffer, maps it, touches it, holds it, and gives it back.
///
/// @param name as it is called in results
/// @param count how many there are
/// @param cpus the list of CPUs they run on as written: `all`, `0-7`, `0,2,4-6`
/// @param arrival when each wants a buffer
/// @param pages how large it is; rounded up to whole pages
/// @param memory where it is
/// @param mode the caching mode the driver asks for
/// @param lifetime how long it is held between its last touch and its unmapping, in nanoseconds;
///   absent: not at all
/// @param reuse how often it is mapped, touched and unmapped before it is given back
/// @param touch in which order
/// @param touched the share of its pages, 0 to 1, from the first touched on
/// @param compute what the program itself does with each touched page, in nanoseconds
/// @param sleep how long it sleeps after each touched page, for a disk or a device; absent: not
public record Clients(
    String name,
    int count,
    String cpus,
    Arrival arrival,
    Distribution pages,
    Memory memory,
    CacheMode mode,
    Optional<Distribution> lifetime,
    int reuse,
    TouchOrder touch,
    double touched,
    Distribution compute,
    Optional<Distribution> sleep) {
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,6})(?:-([0-9]{1,6}))?");

  public Clients {
    if (count < 1 || reuse < 1 || !(touched >= 0 && touched <= 1)) {
      throw new IllegalArgumentException(
          "clients, uses and shares are above zero: %d, %d, %s".formatted(count, reuse, touched));
    }
  }

  /// The same clients, so many of them.
  public Clients withCount(int other) {
    return new Clients(
        name, other, cpus, arrival, pages, memory, mode, lifetime, reuse, touch, touched, compute,
        sleep);
  }

  /// The same clients on other CPUs, listed as [#cpus].
  public Clients withCpus(String other) {
    return new Clients(
        name, count, other, arrival, pages, memory, mode, lifetime, reuse, touch, touched, compute,
        sleep);
  }

  /// The same clients, wanting buffers at other times.
  public Clients with(Arrival other) {
    return new Clients(
        name, count, cpus, other, pages, memory, mode, lifetime, reuse, touch, touched, compute,
        sleep);
  }

  /// The same clients with buffers of other sizes, in pages.
  public Clients withPages(Distribution other) {
    return new Clients(
        name, count, cpus, arrival, other, memory, mode, lifetime, reuse, touch, touched, compute,
        sleep);
  }

  /// The same clients with other memory.
  public Clients with(Memory other) {
    return new Clients(
        name, count, cpus, arrival, pages, other, mode, lifetime, reuse, touch, touched, compute,
        sleep);
  }

  /// The same clients that ask for another caching mode.
  public Clients with(CacheMode other) {
    return new Clients(
        name, count, cpus, arrival, pages, memory, other, lifetime, reuse, touch, touched, compute,
        sleep);
  }

  /// The same clients that hold buffers for another time, in nanoseconds.
  public Clients withLifetime(Distribution other) {
    return new Clients(
        name,
        count,
        cpus,
        arrival,
        pages,
        memory,
        mode,
        Optional.of(other),
        reuse,
        touch,
        touched,
        compute,
        sleep);
  }

  /// The same clients that use each buffer so often.
  public Clients withReuse(int other) {
    return new Clients(
        name, count, cpus, arrival, pages, memory, mode, lifetime, other, touch, touched, compute,
        sleep);
  }

  /// The same clients that touch pages in another order.
  public Clients with(TouchOrder other) {
    return new Clients(
        name, count, cpus, arrival, pages, memory, mode, lifetime, reuse, other, touched, compute,
        sleep);
  }

  /// The same clients that touch another share of the pages, 0 to 1.
  public Clients withTouched(double other) {
    return new Clients(
        name, count, cpus, arrival, pages, memory, mode, lifetime, reuse, touch, other, compute,
        sleep);
  }

  /// The same clients that work another time on each page, in nanoseconds.
  public Clients withCompute(Distribution other) {
    return new Clients(
        name, count, cpus, arrival, pages, memory, mode, lifetime, reuse, touch, touched, other,
        sleep);
  }

  /// The same clients that sleep another time after each page, in nanoseconds.
  public Clients withSleep(Distribution other) {
    return new Clients(
        name,
        count,
        cpus,
        arrival,
        pages,
        memory,
        mode,
        lifetime,
        reuse,
        touch,
        touched,
        compute,
        Optional.of(other));
  }

  /// The CPUs of a list such as `all` or `0,2,4-6`, on a machine with `available` of them. Throws
  /// [InputException] for one that the machine has not.
  public static BitSet cpus(String list, int available) {
    BitSet cpus = new BitSet();
    if (list.equals("all")) {
      cpus.set(0, available);
      return cpus;
    }
    for (String part : list.split(",", -1)) {
      Matcher range = RANGE.matcher(part.strip());
      if (!range.matches()) {
        throw new InputException("'" + list + "' is no list of CPUs: write all, 0-7 or 0,2,4-6.");
      }
      int first = Integer.parseInt(range.group(1));
      int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
      if (last < first || last >= available) {
        throw new InputException(
            "CPUs %s: the machine has %d, numbered 0 to %d."
                .formatted(part.strip(), available, available - 1));
      }
      cpus.set(first, last + 1);
    }
    return cpus;
  }
}
