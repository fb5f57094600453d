package org.mapcost.model.machine.price;

import java.util.List;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.kernel.Operation;
import org.mapcost.model.machine.Dimension;
import org.mapcost.model.machine.Parameter;

/// One page fault without what its handler looks up and inserts.
///
/// Formula, nanoseconds: entry + return + 2 CR3 writes under PTI + instructions of the kernel's way
/// to the handler and back x CPI / clock.
///
/// Source: the CPU's part from the machine file, instructions recorded.
public final class FaultEntry implements PriceFunction {
  @Override
  public String name() {
    return "fault-entry";
  }

  @Override
  public String description() {
    return "one page fault, without lookups and insertions";
  }

  @Override
  public List<Argument> arguments() {
    return List.of(
        Argument.of(
            "pti",
            Dimension.FLAG,
            machine -> String.valueOf(machine.has(Parameter.PTI)),
            "whether the kernel isolates its page tables"));
  }

  @Override
  public Quote price(Platform platform, Arguments arguments) {
    return of(platform, arguments.flag("pti"));
  }

  public static Quote of(Platform platform, boolean pti) {
    Working working = new Working(platform);
    Uncertain caller = working.term("crossing", crossing(working, pti));
    caller = caller.plus(working.term("kernel", working.instructions(Operation.FAULT)));
    return working.quote("crossing + kernel; crossing = entry + return + 2 CR3 writes", caller);
  }

  /// Into the kernel, by a fault or an interrupt.
  static Uncertain entering(Working working, boolean pti) {
    Uncertain entry = working.ns(Parameter.FAULT_ENTRY);
    return pti ? entry.plus(working.ns(Parameter.CR3_WRITE)) : entry;
  }

  /// Into the kernel and back, by a fault or an interrupt.
  static Uncertain crossing(Working working, boolean pti) {
    Uncertain cpu = working.ns(Parameter.FAULT_ENTRY).plus(working.ns(Parameter.FAULT_RETURN));
    return pti ? cpu.plus(working.ns(Parameter.CR3_WRITE).times(2)) : cpu;
  }
}
