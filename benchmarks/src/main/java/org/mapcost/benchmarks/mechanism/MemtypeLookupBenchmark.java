package org.mapcost.benchmarks.mechanism;

import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.mapcost.benchmarks.ForkedBenchmark;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.iomem.Landmark;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Memtype;
import org.mapcost.model.pat.MemtypeTree;
import org.mapcost.model.pat.Memtypes;
import org.mapcost.model.units.Pages;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What does it cost to ask for the memory type of a page of device memory?
///
/// An operation of [#lookup] asks for one page of the tree's largest BAR: the walks of the resource
/// tree, then the search of the memtype tree. [#search] is that search alone, [#floorEntry] the
/// same question to a library's balanced tree of the same entries; these two charge nothing.
///
/// Entries are single reserved pages with a page between them, around the middle of the BAR; those
/// within it are asked for in random order.
@State(Scope.Thread)
public class MemtypeLookupBenchmark extends ForkedBenchmark {
  private static final long SEED = 0x3E37;
  private static final int ADDRESSES = 1024;

  /// A bundled machine's tree.
  @Param("laptop-cometlake-igpu")
  public String tree;

  /// Reservations in the memtype tree.
  @Param({"10", "1000", "100000"})
  public int entries;

  @Param("skylake-sp-2s")
  public String machine;

  @Param("6.1")
  public String kernel;

  final ModelledCost cost = new ModelledCost();
  private final MemtypeTree reservations = new MemtypeTree();
  private final TreeMap<Long, Memtype> map = new TreeMap<>();
  private final Long[] addresses = new Long[ADDRESSES];
  private Memtypes memtypes;
  private int next;

  @Setup(Level.Trial)
  public void setUp() {
    Kernel of = Kernels.named(kernel);
    ResourceTree iomem = BundledTree.ofKey(tree).tree();
    Resource bar =
        Landmark.largestBar(iomem)
            .orElseThrow(() -> new InputException("no BAR in " + tree + "; take another tree."));
    reserve(bar);
    memtypes = of.memtypes(iomem, reservations);
    Conditions usual = Conditions.USUAL;
    cost.price(
        ADDRESSES,
        this::lookup,
        MachinePrices.of(Machines.named(machine), kernel),
        new Conditions(
            usual.treeBytes(), usual.firstWalk(), usual.lines(), entries, usual.llcDirty()));
  }

  private void reserve(Resource bar) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    long middle = (bar.start() + bar.end()) / 2 & -Pages.PAGE_SIZE;
    long lowest = middle - entries / 2 * 2L * Pages.PAGE_SIZE;
    if (entries < 1 || lowest < 0) {
      throw new InputException(
          entries + " entries do not lie around 0x%x; give 1 to 100000.".formatted(middle));
    }
    // Entered in random order: nodes that are neighbours in the tree are none in memory.
    for (int number : shuffled(entries, random)) {
      long start = lowest + number * 2L * Pages.PAGE_SIZE;
      Memtype entry = new Memtype(start, start + Pages.PAGE_SIZE, CacheMode.WC);
      reservations.insert(entry);
      map.put(start, entry);
    }
    Long[] inBar = map.subMap(bar.start(), bar.end()).keySet().toArray(Long[]::new);
    for (int i = 0; i < ADDRESSES; i++) {
      addresses[i] = inBar[random.nextInt(inBar.length)];
    }
  }

  private static int[] shuffled(int size, RandomGenerator random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private Long nextAddress() {
    return addresses[next++ & (ADDRESSES - 1)];
  }

  /// `lookup_memtype`, with the walks.
  @Benchmark
  public CacheMode lookup() {
    CacheMode found = memtypes.lookup(nextAddress(), cost.meter());
    cost.done();
    return found;
  }

  /// `memtype_lookup`: the search of the memtype tree, without the walks.
  @Benchmark
  public @Nullable CacheMode search() {
    return reservations.lookup(nextAddress());
  }

  /// The floor under the search.
  @Benchmark
  public Map.@Nullable Entry<Long, Memtype> floorEntry() {
    return map.floorEntry(nextAddress());
  }
}
