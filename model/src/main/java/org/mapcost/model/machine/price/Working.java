package org.mapcost.model.machine.price;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Price;
import org.mapcost.model.cost.Provenance;
import org.mapcost.model.kernel.Instructions;
import org.mapcost.model.kernel.Operation;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.Quantity;

/// One calculation of a price: hands out values and remembers where they came from.
final class Working {
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
  Interval ns(Parameter time) {
    note(time);
    if (machine().quantity(time).unit().equals("cycles")) {
      note(Parameter.CLOCK);
    }
    return machine().nanoseconds(time);
  }

  /// A value of the machine that is no time.
  Interval value(Parameter parameter) {
    note(parameter);
    return machine().interval(parameter);
  }

  /// The time of an operation's instructions: instructions x CPI / clock.
  Interval instructions(Operation operation) {
    return instructions(operation, Parameter.CYCLES_PER_INSTRUCTION);
  }

  /// The same for a kind of code: ordinary, or a short loop.
  ///
  /// @param cpi the parameter with the cycles an instruction of it takes
  ///   [Parameter#LOOP_CYCLES_PER_INSTRUCTION]
  Interval instructions(Operation operation, Parameter cpi) {
    Instructions.Count count = platform.instructions().count(operation);
    note("instructions." + operation.key(), count.source());
    note(Parameter.CLOCK);
    return machine().cycles(count.interval().times(value(cpi)));
  }

  /// Bytes at a bandwidth of the machine, in nanoseconds.
  Interval transfer(double bytes, Parameter bandwidth) {
    return Interval.exactly(bytes * 1e9).dividedBy(value(bandwidth));
  }

  /// Remembers a part of the price under a name.
  Interval term(String name, Interval ns) {
    terms.put(name, ns);
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

  Price price(Interval caller, Interval stolen) {
    return new Price(caller, stolen, provenance());
  }

  Quote quote(String formula, Interval caller, Interval stolen) {
    return new Quote(price(caller, stolen), formula, terms);
  }

  Quote quote(String formula, Interval caller) {
    return quote(formula, caller, Interval.ZERO);
  }

  private void note(Parameter parameter) {
    note(parameter.path(), machine().quantity(parameter).source());
  }

  private void note(String key, String source) {
    if (source.equals(Quantity.NONE)) {
      unsourced.add(key);
    } else {
      sources.add(source);
    }
  }
}
