package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.mapcost.model.whatif.Key;

/// The keys that `whatif` can vary, listed.
final class KeyList {
  private KeyList() {}

  static void print(List<Key> keys, OutputFormat format, PrintWriter out) {
    if (format == OutputFormat.JSON) {
      keys.forEach(key ->
          out.println(
              Json.line(
                  Json.object(
                      "key", key.name(),
                      "values", kind(key),
                      "description", key.description()))));
      return;
    }
    Table table = new Table("key", "values", "what it is");
    keys.forEach(key -> table.row(key.name(), kind(key), key.description()));
    table.print(format, out);
  }

  private static String kind(Key key) {
    return key.kind().name().toLowerCase(Locale.ROOT);
  }
}
