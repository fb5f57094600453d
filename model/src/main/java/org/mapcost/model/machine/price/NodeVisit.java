package org.mapcost.model.machine.price;

import java.util.List;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions.Heat;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.kernel.Operation;
import org.mapcost.model.machine.Dimension;
import org.mapcost.model.machine.Parameter;

/// One node of the resource tree compared in a walk.
///
/// Formula, nanoseconds: max(latency where the tree stays, instructions x loop CPI / clock). Each
/// node's address is in the one before, so latencies add up; the comparison runs beside the next
/// fetch, or at worst after it. A node is a `struct resource` of one 64-byte line; one inside a
/// larger object may lie on two, which arrive together but take twice the room in a cache.
///
/// Source: latencies of the machine file, instructions recorded from `find_next_iomem_res`.
public final class NodeVisit implements PriceFunction {
  /// Bytes a node brings into the caches.
  static final int NODE_BYTES = 64;

  @Override
  public String name() {
    return "node-visit";
  }

  @Override
  public String description() {
    return "one node of the resource tree visited in a walk";
  }

  @Override
  public List<Argument> arguments() {
    return List.of(
        Argument.of("nodes", Dimension.COUNT, "64", "nodes the walk goes through"),
        Argument.of("footprint", Dimension.BYTES, "0B", "bytes they occupy; 0B for 64 a line"),
        Argument.choice("heat", Heat.class, "where the walk finds the tree"),
        Argument.of(
            "lines",
            Dimension.RATIO,
            "1",
            "cache lines of a node: 1 if allocated by itself, up to 2 inside a device's object"));
  }

  @Override
  public Quote price(Platform platform, Arguments arguments) {
    double lines = arguments.number("lines");
    if (lines < 1 || lines > 2) {
      throw new InputException("lines: a node lies on 1 to 2 cache lines.");
    }
    double footprint = arguments.number("footprint");
    double bytes = footprint > 0 ? footprint : arguments.number("nodes") * NODE_BYTES * lines;
    return of(platform, bytes, arguments.choice("heat", Heat.class));
  }

  /// One node of a tree of some size.
  ///
  /// @param treeBytes bytes that one walk touches
  /// @param heat where it finds them
  public static Quote of(Platform platform, double treeBytes, Heat heat) {
    Working working = new Working(platform);
    Uncertain fetch = working.term("fetch", Reach.latency(working, treeBytes, heat));
    Uncertain compare =
        working.term(
            "compare",
            working.instructions(
                Operation.RESOURCE_NODE_VISIT, Parameter.LOOP_CYCLES_PER_INSTRUCTION));
    Uncertain longer = fetch.max(compare);
    return working.quote(
        "max(fetch, compare), at worst fetch + compare",
        longer.orElse("whether a comparison hides behind a fetch", longer, fetch.plus(compare)));
  }
}
