package org.mapcost.model.iomem;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The nodes that walks visited: always how many, on request also which.
///
/// One instance serves any number of walks. Counting allocates nothing; recording allocates only
/// when it outgrows what it has.
public final class Visits {
  private static final int[] NOT_RECORDED = {};

  private final boolean recording;
  private int[] numbers = NOT_RECORDED;
  private long count;

  private Visits(boolean recording) {
    this.recording = recording;
  }

  public static Visits counting() {
    return new Visits(false);
  }

  public static Visits recording() {
    return new Visits(true);
  }

  void at(Resource node) {
    if (recording) {
      record(node);
    }
    count++;
  }

  /// So many nodes in preorder, `from` the first: a loop over many counts them in a register and
  /// tells the number once.
  void inPreorder(@Nullable Resource from, long nodes) {
    if (recording) {
      replay(from, nodes, Resource::next);
    } else {
      count += nodes;
    }
  }

  /// So many nodes from sibling to sibling, `from` the first.
  void alongSiblings(@Nullable Resource from, long nodes) {
    if (recording) {
      replay(from, nodes, Resource::sibling);
    } else {
      count += nodes;
    }
  }

  private void replay(
      @Nullable Resource from, long nodes, Function<Resource, @Nullable Resource> next) {
    Resource p = from;
    for (long i = 0; i < nodes && p != null; i++) {
      at(p);
      p = next.apply(p);
    }
  }

  private void record(Resource node) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(64, 2 * numbers.length));
    }
    numbers[(int) count] = node.number;
  }

  /// How many nodes were visited since the last [#clear].
  public long count() {
    return count;
  }

  /// The preorder numbers of the visited nodes in visiting order.
  public int[] numbers() {
    if (!recording) {
      throw new IllegalStateException("these visits were counted, not recorded");
    }
    return Arrays.copyOf(numbers, (int) count);
  }

  public void clear() {
    count = 0;
  }
}
