package org.mapcost.model.pat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;

/// Guards the whole of memory-type tracking: any sequence of requests answers like two plain lists,
/// freeing restores, the edges of the address space, and what an `ioremap` costs.
class MemtypesPropertiesTest {
  private static final long PAGE = 4096;
  private static final long RAM = 0x100000;
  private static final long DEVICE = 0xc0000000L;
  private static final ResourceTree IOMEM =
      ProcIomem.parse(
              "machine",
              """
              00001000-0009ffff : System RAM
              00100000-001fffff : System RAM
              c0000000-cfffffff : PCI Bus 0000:00
                c0000000-c0ffffff : 0000:00:02.0
              """)
          .tree();

  private static Memtypes memtypes(MemtypeTree tree, PatRules rules, ResourceWalk walk) {
    return new Memtypes(IOMEM, walk, tree, rules, Mtrr.WRITE_BACK, true);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void anySequenceAnswersLikePlainLists(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    MemtypeErase erase = seed % 2 == 0 ? MemtypeErase.EXACT : MemtypeErase.EXACT_OR_SHRINK;
    Memtypes memtypes = memtypes(new MemtypeTree(), PatRules.with(erase), ResourceWalk.W2);
    Map<Long, CacheMode> ram = new HashMap<>();
    List<long[]> held = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      boolean isRam = random.nextBoolean();
      long start = (isRam ? RAM : DEVICE) + PAGE * random.nextInt(16);
      long end = start + PAGE * (1 + random.nextInt(4));
      CacheMode mode = CacheMode.values()[random.nextInt(CacheMode.values().length)];
      if (random.nextInt(3) > 0) {
        Reservation answer = memtypes.reserve(start, end, mode, true, Meter.NONE);
        if (isRam) {
          assertThat(answer).isEqualTo(reserve(ram, start, end, mode));
        } else if (answer.granted()) {
          held.add(new long[] {start, end});
          assertThat(memtypes.lookup(start, Meter.NONE)).isEqualTo(answer.type());
        }
      } else if (isRam) {
        assertThat(memtypes.free(start, end, Meter.NONE)).isZero();
        for (long page = start; page < end; page += PAGE) {
          ram.remove(page);
        }
      } else if (!held.isEmpty()) {
        long[] one = held.remove(random.nextInt(held.size()));
        assertThat(memtypes.free(one[0], one[1], Meter.NONE)).as("what is held is found").isZero();
      }
      long page = RAM + PAGE * random.nextInt(20);
      assertThat(memtypes.lookup(page, Meter.NONE)).isEqualTo(ram.getOrDefault(page, CacheMode.WB));
      assertThat(memtypes.tree().size()).isEqualTo(held.size());
    }
    held.forEach(one -> assertThat(memtypes.free(one[0], one[1], Meter.NONE)).isZero());
    assertThat(memtypes.tree().entries()).as("freeing restores").isEmpty();
    assertThat(memtypes.lookup(DEVICE, Meter.NONE)).isEqualTo(CacheMode.UC_MINUS);
  }

  /// `reserve_ram_pages_type` on a map: all pages are write-back, or nothing happens.
  private static Reservation reserve(
      Map<Long, CacheMode> ram, long start, long end, CacheMode mode) {
    if (mode == CacheMode.WP) {
      return new Reservation(Errno.EINVAL, CacheMode.UC_MINUS);
    }
    for (long page = start; page < end; page += PAGE) {
      CacheMode present = ram.getOrDefault(page, CacheMode.WB);
      if (present != CacheMode.WB) {
        return new Reservation(Errno.EBUSY, present);
      }
    }
    CacheMode set = mode == CacheMode.UC ? CacheMode.UC_MINUS : mode;
    for (long page = start; page < end; page += PAGE) {
      ram.put(page, set);
    }
    return new Reservation(0, set);
  }

  /// The end of the address space is the end of a range, not its beginning: up to 5.15 it was cut
  /// to nothing.
  @ParameterizedTest
  @EnumSource(Sanitize.class)
  void aRangeUpToTheLastAddress(Sanitize rule) {
    MemtypeTree tree = new MemtypeTree();
    PatRules rules = new PatRules(MemtypeErase.EXACT, rule, MtrrInvalid.WB);
    Memtypes memtypes = memtypes(tree, rules, ResourceWalk.W3);
    long end = 1L << 52;
    Reservation answer = memtypes.reserve(end - PAGE, end, CacheMode.WC, true, Meter.NONE);
    boolean kept = rule == Sanitize.LAST_ADDRESS;
    assertThat(answer.errno()).isEqualTo(kept ? 0 : Errno.EINVAL);
    assertThat(tree.size()).isEqualTo(kept ? 1 : 0);
    // Cut to nothing, the range passes for a part of the area that keeps no records.
    assertThat(memtypes.free(end - PAGE, end, Meter.NONE)).isZero();
    assertThat(tree.size()).isZero();
  }

  /// Addresses with bits above those of page-table entries stand for the address without them.
  @ParameterizedTest
  @EnumSource(Sanitize.class)
  void bitsBeyondTheAddressAreCut(Sanitize rule) {
    MemtypeTree tree = new MemtypeTree();
    PatRules rules = new PatRules(MemtypeErase.EXACT, rule, MtrrInvalid.WB);
    Memtypes memtypes = memtypes(tree, rules, ResourceWalk.W3);
    long decoy = Long.MIN_VALUE | DEVICE;
    assertThat(memtypes.reserve(decoy, decoy + PAGE, CacheMode.WC, true, Meter.NONE).granted())
        .isTrue();
    assertThat(tree.entries()).containsExactly(new Memtype(DEVICE, DEVICE + PAGE, CacheMode.WC));
    assertThat(memtypes.free(decoy, decoy + PAGE, Meter.NONE)).isZero();
    assertThat(tree.size()).isZero();
  }

  /// Recorded in 5.10 and 6.1: two searches and one reservation to map, one search to unmap. Before
  /// 5.13 the first search stays at top level.
  @ParameterizedTest
  @CsvSource({"W0, 3, 4", "W1, 3, 4", "W2, 4, 4", "W3, 4, 4"})
  void ioremapOfABarIsTwoWalks(ResourceWalk walk, int forMemory, int forRam) {
    Ledger ledger = new Ledger();
    Memtypes memtypes = memtypes(new MemtypeTree(), PatRules.with(MemtypeErase.EXACT), walk);
    assertThat(memtypes.ioremap(DEVICE, DEVICE + 8 * PAGE, CacheMode.WC, ledger))
        .isEqualTo(new Reservation(0, CacheMode.WC));
    assertThat(ledger.totals())
        .isEqualTo(
            Map.of(
                "resource_walk", 2L,
                "resource_node_visit", (long) forMemory + forRam,
                "memtype_insert", 1L));
    assertThat(ledger.taken(Phase.TOUCH, Lock.RESOURCE_LOCK)).isEqualTo(2);
    Ledger unmap = new Ledger();
    assertThat(memtypes.free(DEVICE, DEVICE + 8 * PAGE, unmap)).isZero();
    assertThat(unmap.total(Event.RESOURCE_WALK)).isEqualTo(1);
  }

  @Test
  void ioremapOfRamIsRefused() {
    Memtypes memtypes =
        memtypes(new MemtypeTree(), PatRules.with(MemtypeErase.EXACT), ResourceWalk.W3);
    Ledger ledger = new Ledger();
    assertThat(memtypes.ioremap(RAM, RAM + PAGE, CacheMode.WC, ledger).errno())
        .isEqualTo(Errno.EINVAL);
    assertThat(memtypes.ioremap(RAM - PAGE, RAM + PAGE, CacheMode.WC, ledger).errno())
        .as("a piece of it is enough")
        .isEqualTo(Errno.EINVAL);
    assertThat(memtypes.tree().size()).isZero();
    assertThat(memtypes.flags().type(RAM / PAGE)).isEqualTo(CacheMode.WB);
  }
}
