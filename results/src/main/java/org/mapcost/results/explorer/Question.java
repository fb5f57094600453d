package org.mapcost.results.explorer;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mapcost.benchmarks.mechanism.SyntheticTree;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.units.Bytes;

/// What the page asks, every part of it within bounds.
///
/// @param machine one that comes with mapcost
/// @param cpus 1 to [#MOST_CPUS]
/// @param kernel one of the kernels' names
/// @param tree `bundled:NAME` or `synthetic:NODES`
/// @param buffer a whole number of pages, up to [#MOST_BUFFER]
/// @param memory `vram` or `ram`
/// @param pool a kind of page pool; empty for the kernel's own
/// @param strategies a part of them; empty for all
public record Question(
    String machine,
    int cpus,
    String kernel,
    String tree,
    Bytes buffer,
    String memory,
    Optional<String> pool,
    List<String> strategies) {
  static final int MOST_CPUS = 1024;
  static final int MOST_NODES = 4096;
  static final Bytes MOST_BUFFER = new Bytes(64L << 20);
  static final Bytes MOST_RAM = new Bytes(16L << 20);

  /// Nodes times pages of a look-up for every page: some tens of milliseconds.
  private static final long MOST_VISITS = 1L << 24;

  private static final long PAGE = 4096;
  private static final String SYNTHETIC = "synthetic:";
  private static final String BUNDLED = "bundled:";

  private static final List<String> KEYS =
      List.of("machine", "cpus", "kernel", "tree", "buffer", "memory", "pool", "strategies");

  public Question {
    strategies = List.copyOf(strategies);
  }

  /// Reads the query of an address: what it lacks is the usual.
  ///
  /// @param query `machine=epyc-milan&cpus=64`, percent-encoded; may be empty
  /// @throws InputException for what is unknown, given twice or out of bounds; the message says
  ///   what is allowed
  public static Question of(String query) {
    Map<String, String> given = parameters(query);
    String machine =
        one("machine", given.getOrDefault("machine", "skylake-sp-2s"), Machines.names());
    String kernel = one("kernel", given.getOrDefault("kernel", "6.1"), Kernels.names());
    String memory =
        one(
            "memory",
            given.getOrDefault("memory", "vram"),
            Arrays.stream(Memory.values()).map(Memory::key).toList());
    Optional<String> pool =
        Optional.ofNullable(given.get("pool"))
            .filter(text -> !text.isEmpty())
            .map(text ->
                one("pool", text, Arrays.stream(PoolKind.values()).map(PoolKind::key).toList()));
    int cpus =
        given.containsKey("cpus")
            ? number("cpus", given.getOrDefault("cpus", ""), 1, MOST_CPUS)
            : Machines.named(machine).cpus();
    Bytes buffer = buffer(given.getOrDefault("buffer", "4MiB"));
    String tree =
        tree(given.getOrDefault("tree", BUNDLED + BundledTree.LAPTOP_COMETLAKE_IGPU.key()));
    refuseTooMuch(buffer, memory, tree);
    return new Question(
        machine,
        cpus,
        kernel,
        tree,
        buffer,
        memory,
        pool,
        strategies(given.getOrDefault("strategies", "")));
  }

  /// The parameters of a query, decoded.
  static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = decoded(equals < 0 ? pair : pair.substring(0, equals));
      if (!KEYS.contains(key)) {
        throw Nearest.unknown("parameter", shown(key), KEYS);
      }
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (parameters.put(key, value) != null) {
        throw new InputException(key + " is given twice.");
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InputException("the address is not well percent-encoded.", e);
    }
  }

  private static String one(String what, String text, List<String> known) {
    if (!known.contains(text)) {
      throw Nearest.unknown(what, shown(text), known);
    }
    return text;
  }

  private static int number(String what, String text, int least, int most) {
    if (!text.matches("[0-9]{1,9}")
        || Integer.parseInt(text) < least
        || Integer.parseInt(text) > most) {
      throw new InputException(
          "%s is a whole number from %d to %d, not '%s'."
              .formatted(what, least, most, shown(text)));
    }
    return Integer.parseInt(text);
  }

  private static String tree(String text) {
    if (text.startsWith(SYNTHETIC)) {
      return SYNTHETIC
          + number(
              "a synthetic tree's number of nodes",
              text.substring(SYNTHETIC.length()),
              SyntheticTree.MIN_NODES,
              MOST_NODES);
    }
    return one("tree", text, trees());
  }

  static List<String> trees() {
    return Arrays.stream(BundledTree.values()).map(each -> BUNDLED + each.key()).toList();
  }

  private static Bytes buffer(String text) {
    String bounds =
        "buffer is a whole number of pages from 4KiB to "
            + MOST_BUFFER
            + ", such as 64KiB, not '"
            + shown(text)
            + "'.";
    Bytes bytes;
    try {
      bytes = Bytes.parse(text);
    } catch (InputException e) {
      throw new InputException(bounds, e);
    }
    if (bytes.value() < PAGE || bytes.value() > MOST_BUFFER.value() || bytes.value() % PAGE != 0) {
      throw new InputException(bounds);
    }
    return bytes;
  }

  /// What would take so long that the page no longer follows its sliders.
  private static void refuseTooMuch(Bytes buffer, String memory, String tree) {
    if (memory.equals(Memory.RAM.key()) && buffer.compareTo(MOST_RAM) > 0) {
      throw new InputException(
          "a buffer of RAM is up to %s here, not %s; the command line has no such bound."
              .formatted(MOST_RAM, buffer));
    }
    if (tree.startsWith(SYNTHETIC)
        && Long.parseLong(tree.substring(SYNTHETIC.length())) * (buffer.value() / PAGE)
            > MOST_VISITS) {
      throw new InputException(
          "%s nodes times %s pages are too many look-ups here, more than %d; take fewer of one of"
                  .formatted(tree.substring(SYNTHETIC.length()), buffer.value() / PAGE, MOST_VISITS)
              + " them. The command line has no such bound.");
    }
  }

  private static List<String> strategies(String text) {
    List<String> known = Strategies.all().stream().map(Strategy::name).toList();
    List<String> chosen = new ArrayList<>();
    for (String name : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      if (!chosen.contains(one("strategy", name, known))) {
        chosen.add(name);
      }
    }
    return chosen;
  }

  /// What was typed, fit for a message.
  private static String shown(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }

  /// `compare` with these options.
  List<String> compare() {
    List<String> words = new ArrayList<>(List.of("compare"));
    words.addAll(platform());
    words.addAll(List.of("--buffer", size(), "--memory", memory));
    pool.ifPresent(kind -> words.addAll(List.of("--pool", kind)));
    addStrategies(words);
    return words;
  }

  /// `whatif` over the sizes of the buffer.
  List<String> crossovers() {
    List<String> words =
        new ArrayList<>(List.of("whatif", "--vary", "buffer=4KiB..64MiB:x4", "--draws", "100"));
    words.addAll(platform());
    words.addAll(List.of("--buffer", size(), "--memory", memory));
    pool.ifPresent(kind -> words.addAll(List.of("--pool", kind)));
    addStrategies(words);
    return words;
  }

  /// `chart` of a kind that looks at one buffer, or at its sizes.
  List<String> chart(Kind kind) {
    List<String> words = new ArrayList<>(List.of("chart", kind.key()));
    words.addAll(platform());
    if (kind != Kind.TRANSITION_BY_CPUS) {
      words.addAll(List.of("--buffer", size(), "--memory", memory));
      pool.ifPresent(each -> words.addAll(List.of("--pool", each)));
      addStrategies(words);
    }
    return words;
  }

  /// The size as a command takes it, not rounded.
  private String size() {
    long kib = buffer.value() >> 10;
    return kib % 1024 == 0 ? (kib >> 10) + "MiB" : kib + "KiB";
  }

  private List<String> platform() {
    return List.of(
        "--machine", machine,
        "--set", "machine.cpus=" + cpus,
        "--kernel", kernel,
        "--iomem", tree);
  }

  private void addStrategies(List<String> words) {
    if (!strategies.isEmpty()) {
      words.addAll(List.of("--strategies", String.join(",", strategies)));
    }
  }

  /// The charts of the page.
  enum Kind {
    COST_BY_STRATEGY,
    COST_BY_SIZE,
    TRANSITION_BY_CPUS;

    String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Kind ofKey(String key) {
      return Arrays.stream(values())
          .filter(each -> each.key().equals(key))
          .findFirst()
          .orElseThrow(() ->
              Nearest.unknown(
                  "chart", shown(key), Arrays.stream(values()).map(Kind::key).toList()));
    }
  }
}
