package org.mapcost.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The names that files and the command line have for the constants of an enum: lower case, with a
/// hyphen for each underscore.
public final class Keys {
  /// The constants of each type by name, so that a behaviour asked for again and again allocates
  /// nothing.
  private static final ClassValue<Map<String, Object>> BY_NAME =
      new ClassValue<>() {
        @Override
        protected Map<String, Object> computeValue(Class<?> type) {
          Map<String, Object> byName = new HashMap<>();
          for (Object constant : type.getEnumConstants()) {
            byName.put(of((Enum<?>) constant), constant);
          }
          return byName;
        }
      };

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
    Object constant = BY_NAME.get(type).get(key);
    if (constant == null) {
      throw Nearest.unknown(what, key, all(type));
    }
    return type.cast(constant);
  }
}
