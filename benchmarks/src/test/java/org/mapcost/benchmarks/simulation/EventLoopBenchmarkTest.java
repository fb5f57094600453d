package org.mapcost.benchmarks.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Guards that all event loops run the very same queue, that it is M/M/1, and that ours allocates
/// nothing for an event.
class EventLoopBenchmarkTest {
  private static final String[] LOOPS = {
    "engine", "event-list", "ssj-splay-tree", "ssj-henriksen", "ssj-binary-tree"
  };

  private static SingleServer served(String loop, int sources, int customers) {
    EventLoopBenchmark benchmark = new EventLoopBenchmark();
    benchmark.loop = loop;
    benchmark.sources = sources;
    benchmark.setUp();
    for (int i = 0; i < customers / EventLoopBenchmark.CUSTOMERS; i++) {
      benchmark.event();
    }
    assertThat(benchmark.queue.served()).isEqualTo(customers);
    return benchmark.queue;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void everyLoopGivesTheSameWaits(int sources) {
    double mean = served(LOOPS[1], sources, 200_000).waits.mean();
    double expected =
        SingleServer.UTILISATION * SingleServer.SERVICE / (1 - SingleServer.UTILISATION);
    assertThat(mean).isCloseTo(expected, within(0.1 * expected));
    for (String loop : LOOPS) {
      assertThat(served(loop, sources, 200_000).waits.mean())
          .as(loop)
          .isCloseTo(mean, within(1e-6 * mean));
    }
  }

  @ParameterizedTest
  @CsvSource({"engine,1", "engine,1000", "event-list,1", "event-list,1000"})
  void anEventAllocatesNothing(String loop, int sources) {
    SingleServer queue = served(loop, sources, 300_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    queue.serve(300_000);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    // One object for every hundredth event would be more.
    assertThat(bytes).isLessThan(2 * 300_000 / 100 * 16);
  }
}
