package org.mapcost.model.machine.price;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Price;
import org.mapcost.model.cost.Provenance;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.kernel.Instructions;
import org.mapcost.model.kernel.Operation;
import org.mapcost.model.machine.Dimension;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.Quantity;

/// One calculation of a price: hands out values and remembers where they came from.
final class Working {
  private static final double NANOSECONDS_A_SECOND = 1e9;

  private final Platform platform;
  private final SortedSet<String> sources = new TreeSet<>();
  private final SortedSet<String> unsourced = new TreeSet<>();
  private final Map<String, Interval> terms = new LinkedHashMap<>();

  Working(Platform platform) {
    this.platform = platform;
  }

  Machine machine() {
    return platform.machine();
  }

  Platform platform() {
    return platform;
  }

  /// A time of the machine, in nanoseconds.
  Uncertain ns(Parameter time) {
    if (time.dimension() != Dimension.TIME) {
      throw new IllegalArgumentException(time.path() + " is no time");
    }
    Uncertain value = value(time);
    return machine().quantity(time).unit().equals("cycles") ? cycles(value) : value;
  }

  /// Cycles of the machine's clock, in nanoseconds.
  Uncertain cycles(Uncertain cycles) {
    return cycles.times(NANOSECONDS_A_SECOND).dividedBy(value(Parameter.CLOCK));
  }

  /// A value of the machine in its unit of record.
  Uncertain value(Parameter parameter) {
    Quantity quantity = machine().quantity(parameter);
    note(parameter.path(), quantity.source());
    return Uncertain.input(parameter.path(), quantity.interval());
  }

  /// The time of an operation's instructions: instructions x CPI / clock.
  Uncertain instructions(Operation operation) {
    return instructions(operation, Parameter.CYCLES_PER_INSTRUCTION);
  }

  /// The same for a kind of code: ordinary, or a short loop.
  ///
  /// @param cpi the parameter with the cycles an instruction of it takes
  ///   [Parameter#LOOP_CYCLES_PER_INSTRUCTION]
  Uncertain instructions(Operation operation, Parameter cpi) {
    Instructions.Count count = platform.instructions().count(operation);
    String key = "instructions." + operation.key();
    note(key, count.source());
    return cycles(Uncertain.input(key, count.interval()).times(value(cpi)));
  }

  /// Bytes at a bandwidth of the machine, in nanoseconds.
  Uncertain transfer(double bytes, Parameter bandwidth) {
    return Uncertain.exactly(bytes * NANOSECONDS_A_SECOND).dividedBy(value(bandwidth));
  }

  /// Remembers a part of the price under a name.
  Uncertain term(String name, Uncertain ns) {
    terms.put(name, ns.interval());
    return ns;
  }

  /// Takes over another calculation, as a part of this one.
  Price include(String name, Price part) {
    sources.addAll(part.provenance().sources());
    unsourced.addAll(part.provenance().unsourced());
    terms.put(name, part.caller());
    return part;
  }

  Provenance provenance() {
    return new Provenance(sources, unsourced);
  }

  Price price(Uncertain caller, Uncertain stolen) {
    return new Price(caller, stolen, provenance());
  }

  Quote quote(String formula, Uncertain caller, Uncertain stolen) {
    return new Quote(price(caller, stolen), formula, terms);
  }

  Quote quote(String formula, Uncertain caller) {
    return quote(formula, caller, Uncertain.ZERO);
  }

  private void note(String key, String source) {
    if (source.equals(Quantity.NONE)) {
      unsourced.add(key);
    } else {
      sources.add(source);
    }
  }
}
