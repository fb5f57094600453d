package org.mapcost.model.machine.price;

import java.util.List;
import org.mapcost.model.cost.Conditions.Heat;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.machine.Dimension;
import org.mapcost.model.machine.Parameter;

/// Single pages' translations dropped on the CPU that asks, in three layers.
///
/// Formula, nanoseconds:
/// * `instruction`: pages x INVLPG, and x INVPCID for the user half of the tables under PTI
/// * `call`: + the kernel's way to the instruction and back, warm (`flush_tlb_func`)
/// * `cold`: + lines of code and data that come from memory, since a flush is rare
///
/// Published figures differ by what they hold: a tight loop of the instruction, a loop over the
/// call, or single flushes of a busy kernel.
///
/// Source: machine file; the number of cold lines is argued.
public final class PageInvalidate implements PriceFunction {
  /// How much of a flush is counted.
  enum Layer {
    INSTRUCTION,
    CALL,
    COLD
  }

  @Override
  public String name() {
    return "page-invalidate";
  }

  @Override
  public String description() {
    return "single pages dropped from this CPU's TLB: the instruction, the call or a cold call";
  }

  @Override
  public List<Argument> arguments() {
    return List.of(
        Argument.of("pages", Dimension.COUNT, "1", "pages to drop"),
        Argument.choice(
            "layer", Layer.class, "instruction, call around it, or a call whose code is cold"),
        Argument.of(
            "pti",
            Dimension.FLAG,
            machine -> String.valueOf(machine.has(Parameter.PTI)),
            "whether the kernel isolates its page tables"));
  }

  @Override
  public Quote price(Platform platform, Arguments arguments) {
    Working working = new Working(platform);
    Layer layer = arguments.choice("layer", Layer.class);
    Uncertain page = FlushRounds.page(working, arguments.flag("pti"));
    Uncertain caller = working.term("page", page).times(arguments.number("pages"));
    if (layer != Layer.INSTRUCTION) {
      caller = caller.plus(working.term("call", working.ns(Parameter.FLUSH_CALL)));
    }
    if (layer == Layer.COLD) {
      caller = caller.plus(working.term("cold", code(working, Heat.COLD)));
    }
    return working.quote(
        switch (layer) {
          case INSTRUCTION -> "pages x page";
          case CALL -> "call + pages x page";
          case COLD -> "cold + call + pages x page";
        },
        caller);
  }

  /// What a call pays whose code and data nobody used lately: from memory, or the last level.
  static Uncertain code(Working working, Heat heat) {
    Uncertain line = heat == Heat.COLD ? Reach.memory(working) : working.ns(Parameter.LLC_LATENCY);
    return line.times(working.value(Parameter.COLD_LINES));
  }
}
