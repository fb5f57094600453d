package org.mapcost.benchmarks.mechanism;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mapcost.benchmarks.ForkedBenchmark;
import org.mapcost.benchmarks.profile.Counts;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Price;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.price.Arguments;
import org.mapcost.model.machine.price.Platform;
import org.mapcost.model.machine.price.PriceFunction;
import org.mapcost.model.machine.price.PriceFunctions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What does each price function say along its argument, and what does it cost to ask?
///
/// The host time is that of one quote, without the memory of earlier answers that a price list
/// keeps. The modelled time is exported per operation: `callerNs` and `stolenNs`, each with its
/// `Low` and `High` end. Sweep further with `-p point=node-visit:footprint:64KiB,...`.
@State(Scope.Thread)
public class PriceSweepBenchmark extends ForkedBenchmark {
  /// A price function, or a function, one of its keys and the key's value, between colons.
  @Param({
    "node-visit:footprint:16KiB",
    "node-visit:footprint:64MiB",
    "memtype-search",
    "memtype-lock:contenders:48",
    "resource-lock:contenders:48",
    "fault-entry",
    "page-table-alloc",
    "page-clear",
    "page-invalidate",
    "ranged-flush:pages:33",
    "ranged-flush:pages:34",
    "global-flush:cpus:128",
    "ipi-broadcast:targets:127",
    "invlpgb:cpus:128",
    "tlb-refill",
    "clflush:dirty:1",
    "wbinvd:dirty:1",
    "wbnoinvd:dirty:1",
    "direct-map-split:cpus:128",
    "cpa-page",
    "access:mode:wc"
  })
  public String point;

  @Param("epyc-milan")
  public String machine;

  @Param("7.2")
  public String kernel;

  private PriceFunction function;
  private Platform platform;
  private Arguments arguments;
  private long operations;

  @Setup(Level.Trial)
  public void setUp() {
    List<String> parts = List.of(point.split(":", -1));
    if (parts.size() != 1 && parts.size() != 3) {
      throw new InputException(
          "point: '" + point + "' is no FUNCTION or FUNCTION:KEY:VALUE, such as wbinvd:dirty:1.");
    }
    function = PriceFunctions.named(parts.getFirst());
    platform = Platform.of(Machines.named(machine), kernel);
    Map<String, String> set = new HashMap<>();
    if (parts.size() == 3) {
      set.put(parts.get(1), parts.get(2));
    }
    arguments = function.arguments(platform, set);
    Price price = function.price(platform, arguments).price();
    export("caller", price.caller());
    export("stolen", price.stolen());
  }

  private void export(String bill, Interval ns) {
    Counts.open(bill + "Ns", "ns/op", () -> Math.round(ns.best() * operations));
    Counts.open(bill + "NsLow", "ns/op", () -> Math.round(ns.low() * operations));
    Counts.open(bill + "NsHigh", "ns/op", () -> Math.round(ns.high() * operations));
  }

  /// The price function itself.
  @Benchmark
  public Price quote() {
    operations++;
    return function.price(platform, arguments).price();
  }
}
