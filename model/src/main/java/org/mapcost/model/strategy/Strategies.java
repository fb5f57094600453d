package org.mapcost.model.strategy;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.mapcost.model.Nearest;

/// Every strategy there is, found by its annotation.
public final class Strategies {
  private static final List<Strategy> ALL =
      ServiceLoader.load(Strategy.class, Strategy.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .sorted(Comparator.comparing(Strategy::name))
          .toList();

  private Strategies() {}

  /// All of them, by name.
  public static List<Strategy> all() {
    return ALL;
  }

  public static List<String> names() {
    return ALL.stream().map(Strategy::name).toList();
  }

  /// The strategy with a name. Throws `InputException`, with the nearest known name, for any other.
  public static Strategy named(String name) {
    return ALL.stream()
        .filter(strategy -> strategy.name().equals(name))
        .findFirst()
        .orElseThrow(() -> Nearest.unknown("strategy", name, names()));
  }
}
