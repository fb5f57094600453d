package org.mapcost.benchmarks.host;

import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import org.mapcost.benchmarks.linux.Descriptor;
import org.mapcost.benchmarks.linux.Mapping;
import org.mapcost.benchmarks.linux.SystemCallException;
import org.mapcost.benchmarks.witness.Interrupts;
import org.mapcost.benchmarks.witness.ThreadCounters;
import org.mapcost.benchmarks.witness.Verdict;
import org.mapcost.benchmarks.witness.Verdict.Outcome;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A buffer of a device mapped and touched: the costs that mapcost models, where a device is.
///
/// An operation maps the buffer, writes one word of each page and unmaps it; the time is divided by
/// the pages. The number of faults tells how the driver maps: one for each page, for each 16, or
/// none where all is mapped at once.
@State(Scope.Thread)
public abstract class DeviceProbe extends HostProbe {
  /// Pages of the buffer.
  @Param({"64"})
  public int pages;

  private @Nullable Buffer buffer;
  private ThreadCounters before = ThreadCounters.ofThread();

  /// A buffer of a device, which can be mapped.
  ///
  /// @param file what `mmap` is called on
  /// @param offset and from where on
  /// @param release gives it back
  protected record Buffer(Descriptor file, long offset, Runnable release) {}

  /// Makes a buffer of so many bytes. Throws [NotHere] where the node is missing.
  protected abstract Buffer allocate(long bytes);

  /// Whether writing is harmless; reading is used else.
  protected boolean mayWrite() {
    return true;
  }

  @Override
  protected final void acquire() {
    try {
      buffer = allocate((long) pages * Mapping.PAGE);
    } catch (SystemCallException e) {
      throw new NotHere(String.valueOf(e.getMessage()));
    }
  }

  @Override
  protected final void release() {
    buffer().release.run();
  }

  @Override
  public final int steps() {
    return pages;
  }

  @Override
  protected final void arrange() {
    before = ThreadCounters.ofThread();
  }

  @Override
  @Benchmark
  public long operate() {
    long sum = 0;
    try (Mapping mapping =
        Mapping.of(buffer().file, buffer().offset, (long) pages * Mapping.PAGE)) {
      for (long page = 0; page < pages; page++) {
        if (mayWrite()) {
          mapping.memory().set(ValueLayout.JAVA_INT, page * Mapping.PAGE, (int) page);
        } else {
          sum += mapping.memory().get(ValueLayout.JAVA_INT, page * Mapping.PAGE);
        }
      }
    }
    done();
    return sum;
  }

  @Override
  protected final Verdict judge(long done, Interrupts since) {
    var faults =
        ThreadCounters.grown(before.minorFaults(), ThreadCounters.ofThread().minorFaults());
    return new Verdict(
        done > 0 ? Outcome.EXERCISED : Outcome.NOT_EXERCISED,
        "%s faults in %d operations on %d pages each"
            .formatted(faults.isPresent() ? faults.getAsLong() : "unknown", done, pages));
  }

  private Buffer buffer() {
    Buffer open = buffer;
    if (open == null) {
      throw new IllegalStateException("the probe is not open");
    }
    return open;
  }
}
