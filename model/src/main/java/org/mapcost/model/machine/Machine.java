package org.mapcost.model.machine;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.units.Bytes;

/// A machine: what is known of it and what single steps cost on it. Immutable.
///
/// @param name what the user writes: `skylake-sp-2s`
/// @param standsFor the machines behind the name, in words
/// @param values one quantity for every [Parameter]; the number of CPUs alone may be absent
public record Machine(String name, String standsFor, Map<Parameter, Quantity> values) {
  private static final double NANOSECONDS_A_SECOND = 1e9;

  public Machine {
    for (Parameter parameter : Parameter.values()) {
      if (!values.containsKey(parameter) && parameter != Parameter.CPUS) {
        throw new InputException(
            "machine '" + name + "' says nothing about " + parameter.path() + ": add it.");
      }
    }
    values = Collections.unmodifiableMap(new EnumMap<>(values));
    for (Parameter positive :
        new Parameter[] {
          Parameter.SOCKETS,
          Parameter.CORES,
          Parameter.THREADS,
          Parameter.LLCS,
          Parameter.CLOCK,
          Parameter.LLC
        }) {
      Quantity quantity = values.get(positive);
      if (quantity == null || !(quantity.interval().low() > 0)) {
        throw new InputException("machine '" + name + "': " + positive.path() + " is above zero.");
      }
    }
    Quantity cpus = values.get(Parameter.CPUS);
    if (cpus != null && !(cpus.interval().low() >= 1)) {
      throw new InputException(
          "machine '" + name + "': " + Parameter.CPUS.path() + " is 1 or more.");
    }
  }

  /// The same machine with one value replaced, by the key of a [Parameter] and a text such as
  /// `128`, `32MiB`, `376ns` or `200ns..376ns..540ns`.
  public Machine with(String key, String value) {
    Parameter parameter = Parameter.ofKey(key);
    return with(parameter, Quantity.parse(parameter, value));
  }

  /// The same machine with one value replaced.
  public Machine with(Parameter parameter, Quantity quantity) {
    Map<Parameter, Quantity> changed = new EnumMap<>(values);
    changed.put(parameter, quantity);
    return new Machine(name, standsFor, changed);
  }

  /// A value as it stands in the file; the number of CPUs follows from the topology if it is not
  /// given.
  public Quantity quantity(Parameter parameter) {
    Quantity quantity = values.get(parameter);
    if (quantity != null) {
      return quantity;
    }
    double threads = best(Parameter.SOCKETS) * best(Parameter.CORES) * best(Parameter.THREADS);
    return new Quantity(
        Interval.exactly(threads), "", quantity(Parameter.CORES).source(), "all hardware threads");
  }

  /// A time in nanoseconds; cycles are converted by the clock, low cycles at the high clock.
  public Interval nanoseconds(Parameter parameter) {
    Quantity quantity = quantity(parameter);
    if (parameter.dimension() != Dimension.TIME) {
      throw new IllegalArgumentException(parameter.path() + " is no time");
    }
    return quantity.unit().equals("cycles") ? cycles(quantity.interval()) : quantity.interval();
  }

  /// A number of cycles in nanoseconds of this machine's clock.
  public Interval cycles(Interval cycles) {
    return cycles.times(NANOSECONDS_A_SECOND).dividedBy(interval(Parameter.CLOCK));
  }

  /// A value that is no time, in its unit of record.
  public Interval interval(Parameter parameter) {
    return quantity(parameter).interval();
  }

  public boolean has(Parameter flag) {
    return best(flag) > 0;
  }

  public Bytes bytes(Parameter size) {
    return new Bytes(Math.round(best(size)));
  }

  /// Logical CPUs.
  public int cpus() {
    return Math.max(1, (int) best(Parameter.CPUS));
  }

  /// Logical CPUs of a socket; the last socket may have fewer.
  public int cpusPerSocket() {
    return ceil(cpus(), best(Parameter.SOCKETS));
  }

  /// Logical CPUs that share a last-level cache.
  public int cpusPerLlc() {
    return ceil(cpusPerSocket(), best(Parameter.LLCS));
  }

  private static int ceil(int count, double parts) {
    return (int) Math.ceil(count / parts);
  }

  private double best(Parameter parameter) {
    return quantity(parameter).interval().best();
  }
}
