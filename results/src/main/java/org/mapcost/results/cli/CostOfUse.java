package org.mapcost.results.cli;

import java.util.Map;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.machine.price.Platform;
import org.mapcost.model.machine.price.PriceFunction;
import org.mapcost.model.machine.price.PriceFunctions;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Scenario;
import org.mapcost.model.units.Bytes;

/// What it costs to write or read a whole buffer once through its mapping, in nanoseconds.
final class CostOfUse {
  private static final long LINES_A_PAGE = 64;

  private final PriceFunction access = PriceFunctions.named("access");
  private final Platform platform;
  private final Scenario scenario;

  CostOfUse(Platform platform, Scenario scenario) {
    this.platform = platform;
    this.scenario = scenario;
  }

  Interval write(CacheMode mode) {
    return price(mode, "write");
  }

  Interval read(CacheMode mode) {
    return price(mode, "read");
  }

  private Interval price(CacheMode mode, String operation) {
    String cached =
        switch (mode) {
          case WB, WT, WP -> "wb";
          case WC -> "wc";
          case UC, UC_MINUS -> "uc";
        };
    Map<String, String> set =
        Map.of(
            "mode",
            cached,
            "op",
            operation,
            "memory",
            scenario.memory() == Memory.RAM ? "ram" : "vram",
            "pattern",
            "sequential",
            "buffer",
            Bytes.ofPages(scenario.pages()).value() + "B",
            "lines",
            String.valueOf(scenario.pages() * LINES_A_PAGE));
    return access.price(platform, access.arguments(platform, set)).price().caller();
  }
}
