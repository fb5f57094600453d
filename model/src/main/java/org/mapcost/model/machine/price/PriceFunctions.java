package org.mapcost.model.machine.price;

import java.util.List;
import org.mapcost.model.Nearest;
import org.mapcost.model.cost.Lock;

/// The price functions by name.
public final class PriceFunctions {
  private static final List<PriceFunction> ALL =
      List.of(
          new WriteBack(true),
          new WriteBack(false),
          new ClflushLine(),
          new IpiBroadcast(),
          new PageInvalidate(),
          new GlobalFlush(),
          new RangedFlush(),
          new InvlpgbFlush(),
          new NodeVisit(),
          new MemtypeSearch(),
          new ContendedLock(Lock.MEMTYPE_LOCK),
          new ContendedLock(Lock.RESOURCE_LOCK),
          new PageClear(),
          new PageTableAlloc(),
          new FaultEntry(),
          new DirectMapSplit(),
          new CpaPage(),
          new TlbRefill(),
          new Access());

  private PriceFunctions() {}

  public static List<PriceFunction> all() {
    return ALL;
  }

  /// Throws `InputException`, with the nearest known name, for an unknown one.
  public static PriceFunction named(String name) {
    return ALL.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown(
                "price function", name, ALL.stream().map(PriceFunction::name).toList()));
  }
}
