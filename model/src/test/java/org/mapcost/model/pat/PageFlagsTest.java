package org.mapcost.model.pat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Meter;

/// Guards that a reservation of RAM is exclusive and all or nothing, and what it charges.
class PageFlagsTest {
  private final PageFlags flags = new PageFlags();
  private final Ledger ledger = new Ledger();

  @Test
  void pagesAreWriteBackUntilReserved() {
    assertThat(flags.type(0)).isEqualTo(CacheMode.WB);
    assertThat(flags.type(Long.MAX_VALUE >>> 12)).isEqualTo(CacheMode.WB);
  }

  @ParameterizedTest
  @CsvSource({"WC, WC", "UC_MINUS, UC_MINUS", "UC, UC_MINUS", "WT, WT", "WB, WB"})
  void aReservationSetsEveryPageAfterLookingAtEach(CacheMode asked, CacheMode set) {
    Reservation reservation = flags.reserve(0x10_0000, 0x10_5000, asked, ledger);
    assertThat(reservation).isEqualTo(new Reservation(0, set));
    assertThat(flags.type(0x100)).isEqualTo(set);
    assertThat(flags.type(0x104)).isEqualTo(set);
    assertThat(flags.type(0xff)).isEqualTo(CacheMode.WB);
    assertThat(flags.type(0x105)).isEqualTo(CacheMode.WB);
    assertThat(ledger.total(Event.RAM_FLAG_OP)).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({"WC, WC", "WC, UC_MINUS", "UC_MINUS, WB"})
  void aTakenPageRefusesEverythingAndNothingChanges(CacheMode present, CacheMode asked) {
    flags.reserve(0x3000, 0x4000, present, Meter.NONE);
    assertThat(flags.reserve(0x1000, 0x5000, asked, ledger))
        .isEqualTo(new Reservation(Errno.EBUSY, present));
    assertThat(ledger.total(Event.RAM_FLAG_OP)).as("looked at pages 1, 2, 3").isEqualTo(3);
    assertThat(flags.type(1)).isEqualTo(CacheMode.WB);
    assertThat(flags.type(3)).isEqualTo(present);
  }

  @Test
  void writeProtectedIsInvalid() {
    assertThat(flags.reserve(0, 4096, CacheMode.WP, ledger))
        .isEqualTo(new Reservation(Errno.EINVAL, CacheMode.UC_MINUS));
    assertThat(ledger.totals()).isEmpty();
  }

  @Test
  void freeingMakesEveryPageWriteBack() {
    flags.reserve(0x2000, 0x3000, CacheMode.WC, Meter.NONE);
    flags.free(0x1000, 0x5000, ledger);
    assertThat(flags.type(2)).isEqualTo(CacheMode.WB);
    assertThat(ledger.total(Event.RAM_FLAG_OP)).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void anySequenceAnswersLikeAMap(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Map<Long, CacheMode> map = new HashMap<>();
    CacheMode[] modes = {CacheMode.WB, CacheMode.WC, CacheMode.UC_MINUS, CacheMode.WT};
    for (int i = 0; i < 3_000; i++) {
      // Around a border between blocks, and far away.
      long first = (random.nextBoolean() ? 32_768L : 5L << 30) - 40 + random.nextInt(80);
      long last = first + 1 + random.nextInt(8);
      if (random.nextInt(3) == 0) {
        flags.free(first << 12, last << 12, Meter.NONE);
        for (long pfn = first; pfn < last; pfn++) {
          map.remove(pfn);
        }
      } else {
        CacheMode mode = modes[random.nextInt(modes.length)];
        boolean taken = false;
        for (long pfn = first; pfn < last; pfn++) {
          taken |= map.getOrDefault(pfn, CacheMode.WB) != CacheMode.WB;
        }
        assertThat(flags.reserve(first << 12, last << 12, mode, Meter.NONE).granted())
            .isEqualTo(!taken);
        for (long pfn = first; pfn < last && !taken; pfn++) {
          map.put(pfn, mode);
        }
      }
      for (long pfn = first - 1; pfn <= last; pfn++) {
        assertThat(flags.type(pfn)).isEqualTo(map.getOrDefault(pfn, CacheMode.WB));
      }
    }
  }
}
