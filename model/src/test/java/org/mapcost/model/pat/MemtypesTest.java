package org.mapcost.model.pat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;

/// Guards which memory the types are kept for and where, what each request costs in walks, searches
/// and locks, and the errors of the kernel.
class MemtypesTest {
  private static final ResourceTree IOMEM =
      ProcIomem.parse(
              "machine",
              """
              00001000-0009ffff : System RAM
              000a0000-000fffff : Reserved
              00100000-7fffffff : System RAM
              c0000000-cfffffff : PCI Bus 0000:00
                c0000000-c0ffffff : 0000:00:02.0
              100000000-1ffffffff : System RAM
              2000000000-20ffffffff : PCI Bus 0000:00
              """)
          .tree();
  private static final long BAR = 0xc0000000L;
  private static final long RAM = 0x40000000L;
  private static final long PAGE = 4096;

  private final MemtypeTree tree = new MemtypeTree();
  private final Memtypes memtypes =
      new Memtypes(IOMEM, ResourceWalk.W3, tree, MemtypeErase.EXACT_OR_SHRINK);
  private final Ledger ledger = new Ledger();

  @Test
  void aReservationOfDeviceMemoryIsOneWalkAndOneInsertUnderTheLock() {
    assertThat(memtypes.reserve(BAR, BAR + (1 << 20), CacheMode.WC, true, ledger))
        .isEqualTo(new Reservation(0, CacheMode.WC));
    assertThat(charged())
        .isEqualTo(Map.of("resource_walk", 1L, "resource_node_visit", 6L, "memtype_insert", 1L));
    assertThat(ledger.taken(Phase.TOUCH, Lock.MEMTYPE_LOCK)).isEqualTo(1);
    assertThat(ledger.taken(Phase.TOUCH, Lock.RESOURCE_LOCK)).isEqualTo(1);
    assertThat(tree.size()).isEqualTo(1);
  }

  @Test
  void aReservationOfRamIsOneWalkAndTwoPassesWithoutTheLock() {
    assertThat(memtypes.reserve(RAM, RAM + 4 * PAGE, CacheMode.WC, false, ledger).granted())
        .isTrue();
    assertThat(charged())
        .isEqualTo(Map.of("resource_walk", 1L, "resource_node_visit", 3L, "ram_flag_op", 8L));
    assertThat(ledger.taken(Phase.TOUCH, Lock.MEMTYPE_LOCK)).isZero();
    assertThat(tree.size()).isZero();
    assertThat(memtypes.lookup(RAM + 3 * PAGE, Meter.NONE)).isEqualTo(CacheMode.WC);
    assertThat(memtypes.reserve(RAM, RAM + PAGE, CacheMode.WC, true, Meter.NONE))
        .as("RAM reservations are exclusive")
        .isEqualTo(new Reservation(Errno.EBUSY, CacheMode.WC));
  }

  @Test
  void freeingRestores() {
    memtypes.reserve(RAM, RAM + 4 * PAGE, CacheMode.WC, false, Meter.NONE);
    memtypes.reserve(BAR, BAR + PAGE, CacheMode.WC, false, Meter.NONE);
    assertThat(memtypes.free(RAM, RAM + 4 * PAGE, ledger)).isZero();
    assertThat(memtypes.free(BAR, BAR + PAGE, ledger)).isZero();
    assertThat(charged())
        .isEqualTo(
            Map.of(
                "resource_walk", 2L,
                "resource_node_visit", 9L,
                "ram_flag_op", 4L,
                "memtype_remove", 1L));
    assertThat(memtypes.lookup(RAM, Meter.NONE)).isEqualTo(CacheMode.WB);
    assertThat(memtypes.lookup(BAR, Meter.NONE)).isEqualTo(CacheMode.UC_MINUS);
  }

  @Test
  void aLookupOfAnUnreservedDevicePageAnswersUcMinusWhateverTheDriverWants() {
    assertThat(memtypes.lookup(BAR, ledger)).isEqualTo(CacheMode.UC_MINUS);
    assertThat(charged())
        .isEqualTo(
            Map.of(
                "pat_lookup", 1L,
                "resource_walk", 1L,
                "resource_node_visit", 6L,
                "memtype_search", 1L));
    assertThat(ledger.taken(Phase.TOUCH, Lock.MEMTYPE_LOCK)).isEqualTo(1);
  }

  @Test
  void aLookupOfRamReadsOneFlagAndTakesNoMemtypeLock() {
    assertThat(memtypes.lookup(RAM, ledger)).isEqualTo(CacheMode.WB);
    assertThat(charged())
        .isEqualTo(
            Map.of(
                "pat_lookup", 1L,
                "resource_walk", 1L,
                "resource_node_visit", 3L,
                "ram_flag_op", 1L));
    assertThat(ledger.taken(Phase.TOUCH, Lock.MEMTYPE_LOCK)).isZero();
  }

  @Test
  void theLegacyAreaIsWriteBackAndKeepsNoRecord() {
    assertThat(memtypes.reserve(0xa0000, 0x100000, CacheMode.UC, false, ledger))
        .isEqualTo(new Reservation(0, CacheMode.WB));
    assertThat(memtypes.free(0xa0000, 0x100000, ledger)).isZero();
    assertThat(charged()).isEmpty();
    assertThat(memtypes.lookup(0xff000, ledger)).isEqualTo(CacheMode.WB);
    assertThat(charged()).isEqualTo(Map.of("pat_lookup", 1L));
    // One byte more on either side is tracked again.
    assertThat(memtypes.reserve(0x9f000, 0xa1000, CacheMode.UC, false, Meter.NONE).type())
        .isEqualTo(CacheMode.UC);
    assertThat(tree.size()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1000, 1000", "2000, 1000"})
  void anEmptyRangeIsInvalid(String start, String end) {
    assertThat(
            memtypes.reserve(
                Long.parseLong(start, 16), Long.parseLong(end, 16), CacheMode.WC, true, ledger))
        .isEqualTo(new Reservation(Errno.EINVAL, CacheMode.WC));
    assertThat(charged()).isEmpty();
  }

  @Test
  void aMixtureOfRamAndOtherMemoryIsInvalid() {
    assertThat(memtypes.reserve(0xff000, 0x102000, CacheMode.WC, true, Meter.NONE).errno())
        .isEqualTo(Errno.EINVAL);
    assertThat(memtypes.free(0xff000, 0x102000, Meter.NONE)).isEqualTo(Errno.EINVAL);
  }

  @Test
  void onlyAWriteBackRequestAsksTheMtrrs() {
    Mtrr uncached = (start, end) -> CacheMode.UC;
    Memtypes behind =
        new Memtypes(
            IOMEM,
            ResourceWalk.W3,
            new MemtypeTree(),
            PatRules.with(MemtypeErase.EXACT),
            uncached,
            true);
    assertThat(behind.reserve(BAR, BAR + PAGE, CacheMode.WB, true, Meter.NONE).type())
        .isEqualTo(CacheMode.UC_MINUS);
    assertThat(behind.reserve(BAR + PAGE, BAR + 2 * PAGE, CacheMode.WC, true, Meter.NONE).type())
        .isEqualTo(CacheMode.WC);
    assertThat(memtypes.reserve(BAR, BAR + PAGE, CacheMode.WB, true, Meter.NONE).type())
        .isEqualTo(CacheMode.WB);
  }

  @Test
  void withoutPatEverythingIsGrantedAndNothingRecorded() {
    Memtypes off =
        new Memtypes(
            IOMEM,
            ResourceWalk.W3,
            tree,
            PatRules.with(MemtypeErase.EXACT),
            Mtrr.WRITE_BACK,
            false);
    assertThat(off.reserve(BAR, BAR + PAGE, CacheMode.WC, false, ledger))
        .isEqualTo(new Reservation(0, CacheMode.WC));
    assertThat(off.free(BAR, BAR + PAGE, ledger)).isZero();
    assertThat(charged()).isEmpty();
    assertThat(tree.size()).isZero();
    assertThat(off.enabled()).isFalse();
  }

  @Test
  void aConflictIsBusyAndAnUnknownRangeInvalid() {
    memtypes.reserve(BAR, BAR + 2 * PAGE, CacheMode.UC_MINUS, false, Meter.NONE);
    assertThat(memtypes.reserve(BAR, BAR + PAGE, CacheMode.WC, false, ledger).errno())
        .isEqualTo(Errno.EBUSY);
    assertThat(ledger.total(Event.MEMTYPE_SEARCH)).isEqualTo(1);
    assertThat(ledger.total(Event.MEMTYPE_INSERT)).isZero();
    assertThat(memtypes.free(BAR, BAR + PAGE, Meter.NONE)).isEqualTo(Errno.EINVAL);
    assertThat(tree.size()).isEqualTo(1);
  }

  @Test
  void cuttingTheEndOffIsARemovalAndAnInsert() {
    memtypes.reserve(BAR, BAR + 4 * PAGE, CacheMode.WC, false, Meter.NONE);
    assertThat(memtypes.free(BAR + 3 * PAGE, BAR + 4 * PAGE, ledger)).isZero();
    assertThat(ledger.total(Event.MEMTYPE_REMOVE)).isEqualTo(1);
    assertThat(ledger.total(Event.MEMTYPE_INSERT)).isEqualTo(1);
    assertThat(tree.entries()).containsExactly(new Memtype(BAR, BAR + 3 * PAGE, CacheMode.WC));
  }

  @Test
  void aDriversReservationOfABarBehindAllRamIsOneWalk() {
    long high = 0x2000000000L;
    assertThat(memtypes.reserveIo(high, high + (1L << 30), CacheMode.WC, ledger).type())
        .isEqualTo(CacheMode.WC);
    assertThat(ledger.total(Event.RESOURCE_WALK)).isEqualTo(1);
    assertThat(memtypes.lookup(high + (1L << 29), Meter.NONE)).isEqualTo(CacheMode.WC);
  }

  @Test
  void aDriversReservationOfABarBelowTheEndOfRamIsOneWalkMore() {
    assertThat(memtypes.reserveIo(BAR, BAR + (1 << 20), CacheMode.WC, ledger).granted()).isTrue();
    assertThat(ledger.total(Event.RESOURCE_WALK)).isEqualTo(2);
  }

  @Test
  void aDriverThatGetsATypeItCannotUseGivesItBack() {
    memtypes.reserve(BAR, BAR + PAGE, CacheMode.WB, false, Meter.NONE);
    assertThat(memtypes.reserveIo(BAR, BAR + PAGE, CacheMode.WC, ledger))
        .isEqualTo(new Reservation(Errno.EBUSY, CacheMode.WB));
    assertThat(tree.size()).isEqualTo(1);
    assertThat(ledger.total(Event.RESOURCE_WALK)).as("reserve and free").isEqualTo(2);
  }

  @Test
  void aDriverMayLiveWithAnotherType() {
    memtypes.reserve(BAR, BAR + PAGE, CacheMode.UC_MINUS, false, Meter.NONE);
    assertThat(memtypes.reserveIo(BAR, BAR + PAGE, CacheMode.WC, Meter.NONE))
        .isEqualTo(new Reservation(0, CacheMode.UC_MINUS));
  }

  @Test
  void noDriverReservesRamThisWay() {
    assertThatThrownBy(() -> memtypes.reserveIo(RAM, RAM + PAGE, CacheMode.WC, Meter.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("0x40000000 is RAM, no device memory");
  }

  private Map<String, Long> charged() {
    return ledger.totals();
  }
}
