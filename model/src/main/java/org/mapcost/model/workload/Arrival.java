package org.mapcost.model.workload;

/// When a client wants its next buffer.
public sealed interface Arrival {
  /// Some time after it has given back the last one: a closed loop.
  ///
  /// @param think that time, in nanoseconds
  record Closed(Distribution think) implements Arrival {}

  /// At any moment alike, whether or not others are still in use: an open loop.
  ///
  /// @param rate buffers a second
  record Poisson(double rate) implements Arrival {
    public Poisson {
      if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a rate is above zero and finite");
      }
    }
  }

  /// Many at once, again and again: an open loop too.
  ///
  /// @param every nanoseconds from one burst to the next
  /// @param size buffers in a burst
  record Bursts(double every, int size) implements Arrival {
    public Bursts {
      if (!(every > 0 && every < Double.POSITIVE_INFINITY) || size < 1) {
        throw new IllegalArgumentException("bursts come after some time and hold some buffers");
      }
    }
  }
}
