package org.mapcost.model.pageattr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.pageattr.DirectMap.Level;
import org.mapcost.model.pat.CacheMode;

/// Guards how memory is mapped at boot, and that splitting keeps the mode and is never undone.
class DirectMapTest {
  private static final long GIB = Level.PAGE_1G.pages();

  @ParameterizedTest
  @CsvSource({
    "PAGE_1G, 524288, 0, 0, 524288",
    "PAGE_2M, 524288, 0, 524288, 0",
    "PAGE_4K, 1024, 1024, 0, 0",
    "PAGE_1G, 262144, 0, 0, 262144",
    // What is behind the last full large page gets smaller ones.
    "PAGE_1G, 263169, 1, 1024, 262144",
    "PAGE_1G, 262143, 511, 261632, 0",
    "PAGE_2M, 1, 1, 0, 0",
  })
  void atBootTheLargestPagesThatFit(Level largest, long pages, long at4k, long at2m, long at1g) {
    DirectMap map = new DirectMap(pages, largest);
    assertThat(map.pagesAt(Level.PAGE_4K)).isEqualTo(at4k);
    assertThat(map.pagesAt(Level.PAGE_2M)).isEqualTo(at2m);
    assertThat(map.pagesAt(Level.PAGE_1G)).isEqualTo(at1g);
    assertThat(map.splits()).isZero();
    assertThat(map.mode(pages - 1)).isEqualTo(CacheMode.WB);
    assertThat(map.pages()).isEqualTo(pages);
  }

  @Test
  void aSplitKeepsTheModeAndLeavesTheNeighboursWhole() {
    DirectMap map = new DirectMap(2 * GIB, Level.PAGE_1G);
    DirectMap.Entry entry = new DirectMap.Entry();
    assertThat(map.lookup(GIB + 5, entry)).isTrue();
    entry.write(CacheMode.WC.slot());
    map.split(entry);
    assertThat(map.level(GIB)).isEqualTo(Level.PAGE_2M);
    assertThat(map.mode(2 * GIB - 1)).isEqualTo(CacheMode.WC);
    assertThat(map.level(GIB - 1)).isEqualTo(Level.PAGE_1G);
    assertThat(map.mode(GIB - 1)).isEqualTo(CacheMode.WB);

    assertThat(map.lookup(GIB + 513, entry)).isTrue();
    map.split(entry);
    assertThat(map.level(GIB + 511)).isEqualTo(Level.PAGE_2M);
    assertThat(map.level(GIB + 512)).isEqualTo(Level.PAGE_4K);
    assertThat(map.level(GIB + 1023)).isEqualTo(Level.PAGE_4K);
    assertThat(map.level(GIB + 1024)).isEqualTo(Level.PAGE_2M);
    assertThat(map.splits()).isEqualTo(2);
    assertThat(map.pagesAt(Level.PAGE_4K)).isEqualTo(512);
  }

  @Test
  void whatIsNotMappedOrNotLargeIsRefused() {
    DirectMap map = new DirectMap(600, Level.PAGE_2M);
    DirectMap.Entry entry = new DirectMap.Entry();
    assertThat(map.lookup(600, entry)).isFalse();
    assertThat(map.lookup(-1, entry)).isFalse();
    assertThatThrownBy(() -> map.level(600))
        .hasMessage("page frame 600 is not in a direct map of 600 pages");
    assertThat(map.lookup(599, entry)).isTrue();
    assertThatThrownBy(() -> map.split(entry)).hasMessage("a 4 KiB page cannot be split");
    assertThatThrownBy(() -> new DirectMap(0, Level.PAGE_2M))
        .hasMessage("a direct map has pages, not 0");
  }

  @Test
  void theKeys() {
    assertThat(Level.values()).extracting(Level::key).containsExactly("4k", "2m", "1g");
  }
}
