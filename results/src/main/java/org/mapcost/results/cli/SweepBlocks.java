package org.mapcost.results.cli;

import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.IntStream;
import org.mapcost.model.whatif.Sweep;

/// The rows of a sweep in blocks of points, made on all cores.
final class SweepBlocks {
  private static final int BLOCK = 128;

  private final Sweep sweep;

  /// What threads have used and another may.
  private final Deque<SweepRows> idle = new ConcurrentLinkedDeque<>();

  SweepBlocks(Sweep sweep) {
    this.sweep = sweep;
  }

  /// The rows of points from one to before another, block by block in order.
  List<String> of(long begin, long end) {
    int blocks = (int) ((end - begin + BLOCK - 1) / BLOCK);
    return IntStream.range(0, blocks)
        .parallel()
        .mapToObj(block -> {
          SweepRows known = idle.poll();
          SweepRows rows = known == null ? new SweepRows(sweep) : known;
          long from = begin + (long) block * BLOCK;
          String text = rows.of(from, (int) Math.min(BLOCK, end - from));
          idle.push(rows);
          return text;
        })
        .toList();
  }
}
