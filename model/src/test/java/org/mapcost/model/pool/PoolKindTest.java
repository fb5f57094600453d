package org.mapcost.model.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.mapcost.model.InputException;

/// Guards the words that kernel files and `--set` use for pools.
class PoolKindTest {
  @Test
  void everyWordIsRead() {
    assertThat(Arrays.stream(PoolKind.values()).map(PoolKind::key))
        .containsExactly("none", "ttm-legacy", "ttm-pool", "ttm-pool-6.15", "ttm-pool-7")
        .allSatisfy(key -> assertThat(PoolKind.ofKey(key).key()).isEqualTo(key));
    assertThat(Arrays.stream(Search.values()).map(Search::key))
        .containsExactly("every-chunk", "every-order", "after-failure")
        .allSatisfy(key -> assertThat(Search.ofKey(key).key()).isEqualTo(key));
    assertThat(Arrays.stream(Clearing.values()).map(Clearing::key))
        .containsExactly("fresh-only", "on-free", "on-alloc")
        .allSatisfy(key -> assertThat(Clearing.ofKey(key).key()).isEqualTo(key));
    assertThat(Arrays.stream(Shrink.values()).map(Shrink::key))
        .containsExactly("all-types", "one-chunk-locked", "one-chunk", "target", "batch")
        .allSatisfy(key -> assertThat(Shrink.ofKey(key).key()).isEqualTo(key));
  }

  @Test
  void aMistypedWordGetsTheNearest() {
    assertThatThrownBy(() -> PoolKind.ofKey("ttm-pool-8"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("page pool")
        .hasMessageContaining("ttm-pool-7");
    assertThatThrownBy(() -> Search.ofKey("every-page"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("pool search")
        .hasMessageContaining("every-");
    assertThatThrownBy(() -> Clearing.ofKey("on-fre"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("on-free");
    assertThatThrownBy(() -> Shrink.ofKey("one-chunks"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("one-chunk");
  }

  @Test
  void theRulesOfTheLastKernelOfEachKind() {
    assertThat(PoolKind.TTM_POOL.rules())
        .isEqualTo(new PoolRules(Search.EVERY_ORDER, Clearing.ON_FREE, Shrink.TARGET));
    assertThat(PoolKind.TTM_LEGACY.rules().clearing()).isEqualTo(Clearing.ON_ALLOC);
    assertThat(PoolKind.TTM_POOL_6_15.rules().search()).isEqualTo(Search.AFTER_FAILURE);
    assertThat(PoolKind.TTM_POOL_7.rules().shrink()).isEqualTo(Shrink.BATCH);
  }
}
