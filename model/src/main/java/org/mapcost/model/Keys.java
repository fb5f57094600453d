package org.mapcost.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The names that files and the command line have for the constants of an enum: lower case, with a
/// hyphen for each underscore.
public final class Keys {
  private Keys() {}

  /// `PER_PAGE` is `per-page`.
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The names of all constants, in their order.
  public static List<String> all(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants()).map(Keys::of).toList();
  }

  /// The constant with a name. Throws [InputException], which calls it a `what`, for any other.
  public static <E extends Enum<E>> E parse(Class<E> type, String what, String key) {
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> of(each).equals(key))
        .findFirst()
        .orElseThrow(() -> Nearest.unknown(what, key, all(type)));
  }
}
