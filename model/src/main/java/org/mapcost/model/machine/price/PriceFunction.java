package org.mapcost.model.machine.price;

import java.util.List;
import java.util.Map;

/// One price by itself, as `mapcost price NAME` gives it.
public interface PriceFunction {
  /// `wbinvd`, `ipi-broadcast`, ...
  String name();

  /// What is priced, in a sentence without its full stop.
  String description();

  List<Argument> arguments();

  Quote price(Platform platform, Arguments arguments);

  /// The arguments from what a user set. Throws `InputException` for unknown keys and bad values.
  default Arguments arguments(Platform platform, Map<String, String> set) {
    return Arguments.of(arguments(), platform.machine(), set);
  }
}
