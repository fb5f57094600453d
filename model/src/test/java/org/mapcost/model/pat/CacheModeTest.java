package org.mapcost.model.pat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mapcost.model.InputException;

/// Guards the kernel's numbering of cache modes, their PAT slots, and which granted type a request
/// can live with.
class CacheModeTest {
  @Test
  void theOrderIsTheKernels() {
    assertThat(CacheMode.values())
        .containsExactly(
            CacheMode.WB,
            CacheMode.WC,
            CacheMode.UC_MINUS,
            CacheMode.UC,
            CacheMode.WT,
            CacheMode.WP);
  }

  @ParameterizedTest
  @EnumSource
  void everyModeHasASlotOfItsOwnThatNamesIt(CacheMode mode) {
    assertThat(CacheMode.ofSlot(mode.slot())).isEqualTo(mode);
  }

  @Test
  void theProgrammedSlots() {
    assertThat(IntStream.range(0, 8).mapToObj(CacheMode::ofSlot).map(CacheMode::key))
        .containsExactly("wb", "wc", "uc-", "uc", "wb", "wp", "uc-", "wt");
  }

  @ParameterizedTest
  @EnumSource
  void everyNameIsRead(CacheMode mode) {
    assertThat(CacheMode.parse(mode.key())).isEqualTo(mode);
    assertThat(CacheMode.parse(mode.description())).isEqualTo(mode);
    assertThat(CacheMode.parse(" " + mode.name())).isEqualTo(mode);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "write-combned | unknown cache mode 'write-combned'; did you mean 'write-combining'?",
        "zzzzzz        | unknown cache mode 'zzzzzz'. Known: wb, wc, uc-, uc, wt, wp, write-back,",
      })
  void aMistypedNameGetsTheNearest(String typed, String message) {
    assertThatThrownBy(() -> CacheMode.parse(typed))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void onlyFourChangesAreRefused() {
    Set<String> refused = new HashSet<>();
    for (CacheMode asked : CacheMode.values()) {
      for (CacheMode granted : CacheMode.values()) {
        if (!asked.accepts(granted)) {
          refused.add(asked.key() + " as " + granted.key());
        }
      }
    }
    assertThat(refused).containsExactlyInAnyOrder("uc- as wb", "wc as wb", "wt as wb", "wt as wc");
  }
}
