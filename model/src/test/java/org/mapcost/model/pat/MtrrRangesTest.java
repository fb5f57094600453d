package org.mapcost.model.pat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;

/// Guards how ranges of memory type registers are read and combined, and what a write-back request
/// becomes over them, in every kernel's rule.
class MtrrRangesTest {
  private static final String TEXT =
      """
      reg00: base=0x000000000 (    0MB), size= 4096MB, count=1: write-back
      reg01: base=0x0c0000000 ( 3072MB), size= 1024MB, count=1: uncachable
      reg02: base=0x0d0000000 ( 3328MB), size=  256MB: write-combining, count=1
      reg03: base=0x0000a0000 (    0MB), size=  128KB, count=1: write-through
      """;
  private static final ResourceTree IOMEM =
      ProcIomem.parse("machine", "00100000-7fffffff : System RAM\nc0000000-dfffffff : PCI\n")
          .tree();

  private final MtrrRanges ranges = MtrrRanges.parse("mtrr", TEXT, CacheMode.UC);

  @ParameterizedTest
  @CsvSource({
    "0,          1000,       WB",
    "bffff000,   c0000000,   WB",
    "bffff000,   c0000001,   UC",
    "c0000000,   c0001000,   UC",
    "d0000000,   d0001000,   UC",
    "100000000,  100001000,  UC",
    "a0000,      a1000,      WT",
    "9f000,      a1000,      WT",
    "0,          100000000,  UC",
  })
  void combinations(String start, String end, CacheMode type) {
    assertThat(ranges.type(Long.parseLong(start, 16), Long.parseLong(end, 16))).isEqualTo(type);
  }

  @Test
  void aRangeIsReadWithItsUnitInEitherOrder() {
    assertThat(ranges.ranges())
        .containsExactly(
            new Memtype(0, 1L << 32, CacheMode.WB),
            new Memtype(0xc000_0000L, 1L << 32, CacheMode.UC),
            new Memtype(0xd000_0000L, 0xe000_0000L, CacheMode.WC),
            new Memtype(0xa_0000, 0xc_0000, CacheMode.WT));
    assertThat(MtrrRanges.parse("none", "", CacheMode.WB).type(0, 4096)).isEqualTo(CacheMode.WB);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reg00: base=0x0 (0MB), size=0MB, count=1: write-back | mtrr:1: the range is empty",
        "reg00: base=0xfffffffffffff000 (0MB), size=1MB, count=1: write-back | mtrr:1: the range",
        "reg00: base=0x0 (0MB), size=1MB, count=1: cached | mtrr:1: no line of /proc/mtrr",
        "MTRR default type: write-back | mtrr:1: no line of /proc/mtrr",
      })
  void otherTextIsRefused(String text, String message) {
    assertThatThrownBy(() -> MtrrRanges.parse("mtrr", text, CacheMode.UC))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(message);
  }

  /// Only write-back requests ask, and only over write-back memory do they stay so.
  @Test
  void requestsOverThem() {
    Memtypes memtypes =
        new Memtypes(
            IOMEM,
            ResourceWalk.W3,
            new MemtypeTree(),
            PatRules.with(MemtypeErase.EXACT),
            ranges,
            true);
    for (CacheMode mode : CacheMode.values()) {
      long at = 0xc000_0000L + 4096L * mode.ordinal();
      assertThat(memtypes.reserve(at, at + 4096, mode, true, Meter.NONE).type())
          .isEqualTo(mode == CacheMode.WB ? CacheMode.UC_MINUS : mode);
    }
    assertThat(memtypes.reserve(0xb000_0000L, 0xb000_1000L, CacheMode.WB, true, Meter.NONE).type())
        .isEqualTo(CacheMode.WB);
  }

  @ParameterizedTest
  @CsvSource({"UC_MINUS, UC_MINUS", "WB, WB"})
  void switchedOff(MtrrInvalid rule, CacheMode granted) {
    Memtypes memtypes =
        new Memtypes(
            IOMEM,
            ResourceWalk.W3,
            new MemtypeTree(),
            new PatRules(MemtypeErase.EXACT, Sanitize.LAST_ADDRESS, rule),
            Mtrr.OFF,
            true);
    assertThat(memtypes.reserve(0xc000_0000L, 0xc000_1000L, CacheMode.WB, true, Meter.NONE).type())
        .isEqualTo(granted);
    assertThat(memtypes.reserve(0xc000_1000L, 0xc000_2000L, CacheMode.WC, true, Meter.NONE).type())
        .isEqualTo(CacheMode.WC);
  }

  /// Byte by byte, and write-back only where every byte is.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void equalsTheTypesOfAllBytes(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    CacheMode[] types = {CacheMode.WB, CacheMode.WT, CacheMode.UC, CacheMode.WC, CacheMode.WP};
    for (int i = 0; i < 1500; i++) {
      List<Memtype> some = new ArrayList<>();
      for (int j = random.nextInt(5); j > 0; j--) {
        long start = random.nextLong(40);
        some.add(new Memtype(start, start + 1 + random.nextLong(20), types[random.nextInt(5)]));
      }
      MtrrRanges mtrr = new MtrrRanges(types[random.nextInt(3)], some);
      long start = random.nextLong(50);
      long end = start + 1 + random.nextLong(12);
      boolean allWriteBack = true;
      boolean allThrough = true;
      for (long at = start; at < end; at++) {
        CacheMode one = mtrr.type(at, at + 1);
        allWriteBack &= one == CacheMode.WB;
        allThrough &= one == CacheMode.WB || one == CacheMode.WT;
      }
      CacheMode whole = mtrr.type(start, end);
      assertThat(whole == CacheMode.WB).as("%s %d-%d", mtrr, start, end).isEqualTo(allWriteBack);
      assertThat(whole == CacheMode.WT).isEqualTo(allThrough && !allWriteBack);
    }
  }
}
