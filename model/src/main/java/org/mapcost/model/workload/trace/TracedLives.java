package org.mapcost.model.workload.trace;

import java.util.HashMap;
import java.util.Map;

/// The buffers of a trace in one kind of memory each: how large they are, how long they live and
/// how much of them is touched. Remembers those that are alive.
final class TracedLives {
  /// One kind of memory.
  static final class Kind {
    final Sizes sizes = new Sizes();
    private long ended;
    private double lived;
    private long faults;

    /// The mean of those lives whose end was recorded, in nanoseconds; `otherwise` without any.
    double life(double otherwise) {
      return ended == 0 || lived == 0 ? otherwise : lived / ended;
    }

    boolean livesKnown() {
      return ended > 0 && lived > 0;
    }

    /// Faults on all buffers.
    long faults() {
      return faults;
    }
  }

  private record Live(Kind kind, double since) {}

  final Kind vram = new Kind();
  final Kind ram = new Kind();
  private final Map<Long, Live> alive = new HashMap<>();
  private long unknown;

  void begin(long object, long pages, boolean inVram, double now) {
    end(object, now);
    Kind kind = inVram ? vram : ram;
    kind.sizes.add(pages);
    alive.put(object, new Live(kind, now));
  }

  void end(long object, double now) {
    Live live = alive.remove(object);
    if (live != null) {
      live.kind.ended++;
      live.kind.lived += now - live.since;
    }
  }

  void touch(long object) {
    Live live = alive.get(object);
    if (live == null) {
      unknown++;
    } else {
      live.kind.faults++;
    }
  }

  /// Faults on buffers whose creation was not recorded.
  long unknown() {
    return unknown;
  }

  boolean isEmpty() {
    return vram.sizes.count() + ram.sizes.count() == 0;
  }
}
