package org.mapcost.results.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mapcost.model.Nearest;

/// What `chart` can draw.
enum ChartKind {
  COST_BY_SIZE("what the caller waits for a buffer, by its size, for each strategy"),
  COST_BY_STRATEGY("what a page of one buffer costs under every strategy: caller, others, later"),
  INSERTION_CALLS("what each call that inserts pages costs, and what it permits"),
  VISITS_BY_TREE_SIZE("nodes of the resource tree that one look-up visits, by the tree's size"),
  VISITS_BY_ADDRESS("the same on one tree, by physical address"),
  TRANSITION_BY_CPUS("a change of caching mode, by CPUs: IPIs in turn, at once, INVLPGB"),
  SWEEP("what strategies cost along one thing that varies"),
  CROSSOVER_MAP("which strategy is the cheapest, and how surely, over two things that vary"),
  TORNADO("which unknown a cost, or the ratio of two, depends on most"),
  LATENCY("operations by percentile, of histogram files or of a simulated workload"),
  POOL_COST_BY_LIMIT("what a buffer's memory costs under a workload, by the page pool's limit"),
  POOL_HITS_BY_LIMIT("how many pages a pool has ready under a workload, by its limit"),
  POOL_CONVERSIONS_BY_LIMIT("how many pages must change their caching mode, by the pool's limit"),
  POOL_LATENCY("the wait for a write-combined buffer by percentile, for some hit ratios"),
  POOL_BY_HIT_RATIO("what such a buffer costs on average, by how often the pool has its pages"),
  VALIDATION("published measurements beside what the model predicts of them");

  private final String description;

  ChartKind(String description) {
    this.description = description;
  }

  /// How it is typed: `cost-by-size`.
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String description() {
    return description;
  }

  /// The kind that is typed so. Throws `InputException` with the nearest one.
  static ChartKind ofKey(String key) {
    List<String> known = Arrays.stream(values()).map(ChartKind::key).toList();
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(() -> Nearest.unknown("chart", key, known));
  }
}
