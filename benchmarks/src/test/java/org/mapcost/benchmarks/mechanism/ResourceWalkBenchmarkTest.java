package org.mapcost.benchmarks.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.InputException;

/// Guards that both methods visit the same number of nodes and allocate nothing, and that a
/// measurement after a collection is no result.
class ResourceWalkBenchmarkTest {
  @ParameterizedTest
  @CsvSource({
    "laptop-cometlake-igpu, last, w0",
    "laptop-cometlake-igpu, last, w2",
    "xeon-wolfpass-2s, first, w1",
    "epyc-7351p-4dies, middle, w3",
    "synthetic-100, last, w1",
    "synthetic-5000, last, w2",
  })
  void walkAndChaseVisitAlikeAndAllocateNothing(String tree, String target, String behaviour) {
    ResourceWalkBenchmark benchmark = benchmark(tree, target, behaviour);
    benchmark.setUp();
    ResourceWalkBenchmark.Tally walked = new ResourceWalkBenchmark.Tally();
    ResourceWalkBenchmark.Tally chased = new ResourceWalkBenchmark.Tally();
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100; i++) {
      benchmark.walk(walked);
      benchmark.chase(chased);
    }
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isZero();
    assertThat(walked.walks()).isEqualTo(100).isEqualTo(chased.walks());
    assertThat(walked.visited()).isPositive().isEqualTo(chased.visited());
  }

  @Test
  void theWholeOfALargeTreeIsVisited() {
    ResourceWalkBenchmark benchmark = benchmark("synthetic-12345", "last", "w2");
    benchmark.setUp();
    ResourceWalkBenchmark.Tally tally = new ResourceWalkBenchmark.Tally();
    benchmark.walk(tally);
    assertThat(tally.visited()).isEqualTo(12345);
  }

  @Test
  void aCollectionAfterSetUpSpoilsTheResult() {
    ResourceWalkBenchmark benchmark = benchmark("synthetic-100", "last", "w2");
    benchmark.setUp();
    long before = collections();
    byte[][] garbage = new byte[16][];
    for (int i = 0; collections() == before; i++) {
      assertThat(i).as("MiB without a collection").isLessThan(1 << 16);
      garbage[i % garbage.length] = new byte[1 << 20];
    }
    assertThatThrownBy(benchmark::checkThatNothingMoved)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching("[0-9]+ young collections may have moved the nodes .*-Xmn3500m'\\.");
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(collector -> !collector.getName().equals("MarkSweepCompact"))
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  @Test
  void anUnknownTreeIsRefused() {
    ResourceWalkBenchmark benchmark = benchmark("laptop", "last", "w2");
    assertThatThrownBy(benchmark::setUp)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'laptop'");
  }

  private static ResourceWalkBenchmark benchmark(String tree, String target, String behaviour) {
    ResourceWalkBenchmark benchmark = new ResourceWalkBenchmark();
    benchmark.tree = tree;
    benchmark.target = target;
    benchmark.behaviour = behaviour;
    return benchmark;
  }
}
