package org.mapcost.model.workload;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.TextFile;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.TouchOrder;
import org.mapcost.model.units.Pages;
import org.mapcost.model.workload.WorkloadText.Node;

/// Reads a workload file and those it includes. Whatever a file says that mapcost does not know is
/// an error.
final class WorkloadReader {
  static final List<String> KEYS =
      List.of(
          "workload",
          "about",
          "include",
          "machine",
          "kernel",
          "iomem",
          "strategy",
          "duration",
          "warmup",
          "precision",
          "seed",
          "other_cpus",
          "pool",
          "shrinker",
          "clients");

  static final List<String> CLIENT_KEYS =
      List.of(
          "count",
          "cpus",
          "arrival",
          "size",
          "memory",
          "mode",
          "lifetime",
          "reuse",
          "touch",
          "touched",
          "compute",
          "sleep");

  private static final int MOST_CLIENTS = 100_000;

  /// The files that are being read, the one that includes the others first.
  private final Deque<String> open = new ArrayDeque<>();

  Workload read(String file, String yaml) {
    Node root = WorkloadText.read(file, yaml);
    Map<String, Node> keys = withIncluded(file, root);
    WorkloadValues top = new WorkloadValues(keys, "the workload", KEYS, root);
    WorkloadValues pool = top.within("pool", List.of("kind", "limit"));
    Map<String, Clients> clients = new LinkedHashMap<>();
    Node kinds = top.node("clients");
    if (kinds == null || kinds.keys().isEmpty()) {
      throw root.error("no clients: add a kind of them under 'clients'.");
    }
    kinds.keys().forEach((name, node) -> clients.put(name, clients(name, node)));
    try {
      return new Workload(
          top.text("workload", ""),
          top.text("about", ""),
          top.optional("machine"),
          top.optional("kernel"),
          top.optional("iomem"),
          top.optional("strategy"),
          top.time("duration", "1s", true),
          top.time("warmup", "0ns", false),
          top.node("precision") == null
              ? OptionalDouble.empty()
              : OptionalDouble.of(top.share("precision", "2%", false)),
          top.whole("seed", "1", Long.MIN_VALUE, Long.MAX_VALUE),
          top.choice("other_cpus", "idle", List.of("idle", "busy")).equals("busy"),
          new Workload.Pool(
              pool.optional("kind").map(kind -> pool.convert("kind", PoolKind::ofKey)),
              pool.convert("limit", "0pages", text -> Pages.parse(text).value())),
          Optional.ofNullable(top.node("shrinker")).map(node -> shrinker(top)),
          List.copyOf(clients.values()));
    } catch (IllegalArgumentException e) {
      throw root.error(e.getMessage() + ".");
    }
  }

  /// The keys of a file, over those of what it includes. Kinds of clients are added up by name.
  private Map<String, Node> withIncluded(String file, Node root) {
    if (open.contains(file)) {
      throw root.error(
          "the file includes itself: "
              + String.join(" includes ", open)
              + " includes "
              + file
              + "; leave one of them out.");
    }
    open.addLast(file);
    Map<String, Node> merged = new LinkedHashMap<>();
    Node include = root.keys().get("include");
    if (include != null) {
      for (Node each : include.items().isEmpty() ? List.of(include) : include.items()) {
        Included included = included(file, each);
        overlay(
            merged, withIncluded(included.file, WorkloadText.read(included.file, included.yaml)));
      }
    }
    overlay(merged, root.keys());
    open.removeLast();
    return merged;
  }

  private static void overlay(Map<String, Node> merged, Map<String, Node> keys) {
    keys.forEach((key, node) -> {
      Node before = merged.get(key);
      if (key.equals("clients") && before != null) {
        Map<String, Node> both = new LinkedHashMap<>(before.keys());
        both.putAll(node.keys());
        merged.put(key, new Node(node.file(), node.line(), "", both, List.of()));
      } else {
        merged.put(key, node);
      }
    });
  }

  private record Included(String file, String yaml) {}

  private static Included included(String by, Node name) {
    if (Workloads.isBundled(name.text())) {
      return new Included(name.text() + ".yaml", Workloads.text(name.text()));
    }
    try {
      Path file = Path.of(by).resolveSibling(name.text()).normalize();
      return new Included(file.toString(), TextFile.read(file, "a workload file"));
    } catch (InputException e) {
      throw name.error("include: " + e.getMessage());
    }
  }

  private static Workload.Shrinker shrinker(WorkloadValues top) {
    WorkloadValues values = top.within("shrinker", List.of("every", "pages"));
    return new Workload.Shrinker(
        values.time("every", "100ms", true),
        values.convert("pages", "128pages", text -> Pages.parse(text).value()));
  }

  private static Clients clients(String name, Node node) {
    WorkloadValues values =
        new WorkloadValues(node.keys(), "clients '" + name + "'", CLIENT_KEYS, node);
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw node.error("'" + name + "' is no name for clients: use letters, digits, - . and _.");
    }
    return new Clients(
        name,
        (int) values.whole("count", "1", 1, MOST_CLIENTS),
        values.text("cpus", "all"),
        arrival(values),
        pages(values),
        values.convert("memory", "vram", Memory::ofKey),
        values.convert("mode", "wc", CacheMode::parse),
        values.node("lifetime") == null ? Optional.empty() : Optional.of(lifetime(values)),
        (int) values.whole("reuse", "1", 1, Integer.MAX_VALUE),
        values.convert("touch", "sequential", TouchOrder::parse),
        values.share("touched", "100%", true),
        values.node("compute") == null ? new Distribution.Fixed(0) : values.times("compute"),
        values.node("sleep") == null ? Optional.empty() : Optional.of(values.times("sleep")));
  }

  private static Distribution lifetime(WorkloadValues values) {
    Distribution lifetime = values.times("lifetime");
    if (!(lifetime.mean() > 0)) {
      throw values.error(
          "lifetime",
          "a lifetime is above zero; leave it out where a buffer is given back at once");
    }
    return lifetime;
  }

  private static Distribution pages(WorkloadValues values) {
    Distribution pages = values.distribution("size", text -> (double) Pages.parse(text).value());
    if (!(pages.mean() >= 1)) {
      throw values.error("size", "a buffer has at least one page; give a larger size");
    }
    return pages;
  }

  private static Arrival arrival(WorkloadValues values) {
    @Nullable Node node = values.node("arrival");
    if (node == null || node.keys().size() != 1) {
      throw (node == null ? values.whole() : node)
          .error(
              "the clients need one 'arrival': closed: {think: 10ms}, poisson: {rate: 100/s} or"
                  + " bursts: {every: 1s, size: 20}.");
    }
    WorkloadValues kinds = values.within("arrival", List.of("closed", "poisson", "bursts"));
    return switch (node.keys().keySet().iterator().next()) {
      case "closed" -> new Arrival.Closed(kinds.within("closed", List.of("think")).times("think"));
      case "poisson" -> new Arrival.Poisson(kinds.within("poisson", List.of("rate")).rate("rate"));
      default -> {
        WorkloadValues bursts = kinds.within("bursts", List.of("every", "size"));
        yield new Arrival.Bursts(
            bursts.time("every", "", true), (int) bursts.whole("size", "", 1, MOST_CLIENTS));
      }
    };
  }
}
