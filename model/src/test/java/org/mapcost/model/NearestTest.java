package org.mapcost.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Guards that a mistyped name is answered with the one that was meant, and a far-off one with
/// none.
class NearestTest {
  private static final List<String> KNOWN = List.of("resource_walk", "ttm_prefault", "cpa_flush");

  @Test
  void typosSwapsAndCutNames() {
    assertThat(Nearest.to("resource_wakl", KNOWN)).contains("resource_walk");
    assertThat(Nearest.to("RESOURCEWALK", KNOWN)).contains("resource_walk");
    assertThat(Nearest.to("resorce", KNOWN)).contains("resource_walk");
    assertThat(Nearest.to("ttm", KNOWN)).contains("ttm_prefault");
  }

  @Test
  void farOff() {
    assertThat(Nearest.to("llc", KNOWN)).isEmpty();
    assertThat(Nearest.to("x", List.of())).isEmpty();
    assertThat(Nearest.unknown("key", "llc", KNOWN))
        .hasMessage("unknown key 'llc'. Known: resource_walk, ttm_prefault, cpa_flush.");
    assertThat(Nearest.unknown("key", "cpa_flash", KNOWN))
        .hasMessage(
            "unknown key 'cpa_flash'; did you mean 'cpa_flush'? Known: resource_walk, ttm_prefault,"
                + " cpa_flush.");
  }
}
