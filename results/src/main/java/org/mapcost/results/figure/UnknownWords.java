package org.mapcost.results.figure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.mapcost.model.machine.Section;
import org.mapcost.model.whatif.Key;

/// What an unknown of a sensitivity is, in a few words for beside a bar.
final class UnknownWords {
  private static final String INSTRUCTIONS = "instructions.";

  private static final Set<String> SECTIONS =
      Arrays.stream(Section.values()).map(Section::key).collect(Collectors.toSet());
  private static final Set<String> ACRONYMS = Set.of("cpa", "ipi", "pat", "pte", "ram");
  private static final Map<String, String> WORDS =
      Map.of("how far it was pushed out", "how far out of the caches the tree is");

  private UnknownWords() {}

  /// The words for a key (`platform.nodes`), a value of a machine (`core.clock`), the length of a
  /// piece of kernel code (`instructions.pte_write`); anything else is words already.
  static String of(String name) {
    if (name.startsWith(INSTRUCTIONS)) {
      List<String> words = List.of(name.substring(INSTRUCTIONS.length()).split("_", -1));
      return "instructions: "
          + words.stream()
              .map(each -> ACRONYMS.contains(each) ? each.toUpperCase(java.util.Locale.ROOT) : each)
              .collect(Collectors.joining(" "));
    }
    if (Key.names().contains(name)) {
      return Key.named(name).title();
    }
    int dot = name.indexOf('.');
    return dot > 0 && SECTIONS.contains(name.substring(0, dot))
        ? Key.named("machine." + name.substring(dot + 1)).title()
        : WORDS.getOrDefault(name, name);
  }
}
