package org.mapcost.model.iomem;

import java.util.random.RandomGenerator;

/// Random trees that a kernel could have: siblings sorted and apart, children within their parent,
/// System RAM at any depth.
final class RandomTree {
  /// No node starts at or above this.
  static final long TOP = 1L << 32;

  private static final int MAX_DEPTH = 5;

  private RandomTree() {}

  static ResourceTree of(RandomGenerator random, int nodes) {
    ResourceTree.Builder tree = new ResourceTree.Builder("random");
    fill(random, tree, 0, 0, TOP - 1, nodes);
    return tree.build();
  }

  /// Splits `[start, end]` into slots, some of them holes, some with children.
  private static void fill(
      RandomGenerator random,
      ResourceTree.Builder tree,
      int depth,
      long start,
      long end,
      int nodes) {
    int slots = 1 + random.nextInt(depth == 0 ? 12 : 4);
    long width = (end - start + 1) / slots;
    for (int i = 0; i < slots && tree.size() < nodes && width >= 64; i++) {
      long from = start + i * width + (random.nextBoolean() ? 0 : random.nextLong(width / 4));
      long to =
          start + (i + 1) * width - 1 - (random.nextBoolean() ? 0 : random.nextLong(width / 4));
      if (random.nextInt(5) == 0) {
        continue;
      }
      tree.add(depth, from, to, random.nextInt(3) == 0 ? "System RAM" : "PCI Bus 0000:00");
      if (depth + 1 < MAX_DEPTH && random.nextInt(3) != 0) {
        fill(random, tree, depth + 1, from, to, nodes);
      }
    }
  }
}
