package org.mapcost.benchmarks.mechanism;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.mapcost.benchmarks.ForkedBenchmark;
import org.mapcost.benchmarks.profile.Counts;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.iomem.Visits;
import org.mapcost.model.units.Pages;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What does one search of the resource tree cost per visited node, against a plain pointer chase
/// over nodes of the same layout and footprint?
///
/// An operation of [#walk] is one search of the model, [ResourceWalk#find], for one page. An
/// operation of [#chase] follows one reference from node to node, through copies of just the nodes
/// that the search visits, in the same sequence. Divide either by `visited` for the price of a node
/// at the footprint `footprintBytes`.
@State(Scope.Benchmark)
public class ResourceWalkBenchmark extends ForkedBenchmark {
  /*
   * IMPLEMENTATION NOTES:
   *
   * Dangers:
   *   1. Order in memory. Nodes created one after the other are adjacent, and the hardware
   *      prefetchers fetch the next node before it is asked for. Both methods would then be fast,
   *      and the chase faster than any kernel's list.
   *   2. A collector that moves nodes puts them into the order in which it finds them, which is
   *      near the order of the walk.
   *   3. Alignment. A node has the size of a cache line. Off a line's border a search, which reads
   *      the range at the node's beginning and the links at its end, touches two lines where the
   *      chase touches one.
   *   4. Long operations. A walk of two million nodes takes a fifth of a second: the compiler sees
   *      too few calls during warm-up, and measures its own half-compiled code.
   *   5. Page size. Two million nodes on 4 KiB pages miss the TLB at nearly every step, while a
   *      kernel's nodes lie in its direct map, of large pages.
   *   6. The same question again and again. Branch predictors learn the whole path through a small
   *      tree; a kernel that does other things between two searches has no such luck.
   *
   * Observations:
   *   - Objects are allocated by bumping a pointer, so the order of creation is the order in memory
   *     until a collection.
   *   - The serial collector's young collection copies in the order of discovery; its full
   *     collection slides objects together and keeps their order.
   *   - Both methods run in a JVM that holds both sets of nodes, set up in the same way.
   *   - On 4 KiB pages the ratio of walk to chase over two million nodes was 0.85 in one process and
   *     1.40 in the next, and steady within each; on large pages 1.01 to 1.03 in five processes
   *     (shared EPYC guest, JDK 25, both methods in turn in one process, CPU time).
   *
   * What the code rests on:
   *   - Against 1, the tree's nodes and the chase's nodes are created in one random order, the same
   *     for both, from a fixed seed.
   *   - Against 2, ForkFlags gives the young generation room for all of the set-up. If that fails,
   *     the tear-down notices the young collection and the benchmark fails: no number is better
   *     than that number.
   *   - Against 3, ForkFlags aligns objects to 64 bytes. If that fails, footprintBytes / visited
   *     shows it: 64 bytes with the flags, more without compressed pointers.
   *   - Against 4, the set-up trains both loops on a small tree.
   *   - Against 5, ForkFlags asks for large pages. A host may have none; -prof perfnorm shows the
   *     TLB misses where perf is installed.
   *   - 6 is left as it is: it strikes both methods, but the chase has nothing to predict, so the
   *     nanoseconds and the ratio of small trees are those of a hot path.
   */

  private static final long SEED = 0xC0FFEE;
  private static final int TRAINING_NODES = 1000;
  private static final int TRAININGS = 2000;

  /// A bundled machine's tree or `synthetic-N` with any N.
  @Param({
    "laptop-cometlake-igpu",
    "xeon-wolfpass-2s",
    "epyc-7351p-4dies",
    "synthetic-100",
    "synthetic-10000",
    "synthetic-100000",
    "synthetic-2000000"
  })
  public String tree;

  /// `first`, `middle` or `last`: see [Target].
  @Param("last")
  public String target;

  /// `w0`, `w1`, `w2` or `w3`: see [ResourceWalk].
  @Param({"w1", "w2"})
  public String behaviour;

  private ResourceTree nodes;
  private PointerChase chase;
  private ResourceWalk search;
  private long address;
  private long youngCollections;

  @Setup(Level.Trial)
  public void setUp() {
    search = ResourceWalk.ofKey(behaviour);
    Target of = Target.ofKey(target);
    lay(SyntheticTree.ofSize(TRAINING_NODES), of);
    Tally training = new Tally();
    for (int i = 0; i < TRAININGS; i++) {
      walk(training);
      chase(training);
    }
    youngCollections = youngCollections();
    lay(
        tree.startsWith(SyntheticTree.PREFIX)
            ? SyntheticTree.ofName(tree)
            : BundledTree.ofKey(tree).tree(),
        of);
  }

  private void lay(ResourceTree inOrder, Target of) {
    int[] order = shuffled(inOrder.size());
    nodes = inOrder.recreated(order);
    address = of.address(nodes, search);
    Visits visits = Visits.recording();
    find(visits, Meter.NONE);
    chase = PointerChase.over(order, visits.numbers());
  }

  private static int[] shuffled(int size) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /// One search of the tree, as every memory-type look-up of a page begins.
  @Benchmark
  public @Nullable Resource walk(Tally tally) {
    return find(tally.visits, tally);
  }

  /// The floor: the same nodes in the same sequence, and nothing but the next one asked of each.
  @Benchmark
  public long chase(Tally tally) {
    long visited = chase.follow();
    tally.add(Event.RESOURCE_WALK, 1);
    tally.add(Event.RESOURCE_NODE_VISIT, visited);
    return visited;
  }

  private @Nullable Resource find(Visits visits, Meter meter) {
    return search.find(
        nodes, address, address + Pages.PAGE_SIZE - 1, Resource.BUSY_SYSTEM_RAM, visits, meter);
  }

  @TearDown(Level.Trial)
  public void checkThatNothingMoved() {
    long collections = youngCollections() - youngCollections;
    if (collections > 0) {
      throw new IllegalStateException(
          "%d young collections may have moved the nodes while they were measured; give the fork a"
                  .formatted(collections)
              + " larger young generation, such as -jvmArgsAppend '-Xms4g -Xmx4g -Xmn3500m'.");
    }
  }

  /// The collections that change the order of objects: all but the serial collector's full one.
  private static long youngCollections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(collector -> !collector.getName().equals("MarkSweepCompact"))
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  /// What one thread's operations did.
  @State(Scope.Thread)
  public static class Tally implements Meter {
    private final Visits visits = Visits.counting();
    private long walks;
    private long visited;

    @Setup(Level.Trial)
    public void open(ResourceWalkBenchmark benchmark) {
      int nodeBytes = benchmark.chase.nodeBytes();
      Counts.open("walks", "#/op", () -> walks);
      Counts.open("visited", "#/op", () -> visited);
      Counts.open("footprintBytes", "B/op", () -> visited * nodeBytes);
    }

    long walks() {
      return walks;
    }

    long visited() {
      return visited;
    }

    @Override
    public void add(Event event, long count) {
      if (event == Event.RESOURCE_NODE_VISIT) {
        visited += count;
      } else if (event == Event.RESOURCE_WALK) {
        walks += count;
      }
    }
  }
}
