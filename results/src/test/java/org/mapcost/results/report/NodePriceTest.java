package org.mapcost.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.mapcost.results.run.Measurement;

/// Guards that a walk is priced against the chase over its own nodes, in the cache that holds them,
/// and that nothing is claimed where a chase, a second fork or a cache size is missing.
class NodePriceTest {
  private static final Caches CACHES = Caches.of(Fixture.environment());

  @Test
  void everyLevelHasItsPriceAndItsRatio() {
    Map<Caches.Level, NodePrice> prices =
        NodePrice.of(WalkPoint.of(Fixture.measurements(3)), CACHES);
    assertThat(prices).containsOnlyKeys(Caches.Level.values());
    prices.forEach((level, price) -> {
      assertThat(price.ratio().orElseThrow().best()).as(level.label()).isCloseTo(2, within(1e-9));
      assertThat(price.ratio().orElseThrow().low()).isLessThan(1.8);
      assertThat(price.forks()).isEqualTo(3);
    });
    assertThat(best(prices, Caches.Level.L1)).isCloseTo(2, within(1e-9));
    assertThat(best(prices, Caches.Level.BEYOND)).isCloseTo(200, within(1e-9));
    assertThat(prices.get(Caches.Level.L1)).extracting(NodePrice::points).isEqualTo(2);
  }

  private static double best(Map<Caches.Level, NodePrice> prices, Caches.Level level) {
    return java.util.Objects.requireNonNull(prices.get(level)).walk().best();
  }

  @Test
  void theIntervalHoldsThoseOfAllPoints() {
    List<Measurement> two = new ArrayList<>(Fixture.pair("a", "w2", 10, 1, 3));
    two.addAll(Fixture.pair("b", "w2", 10, 9, 3));
    NodePrice price =
        java.util.Objects.requireNonNull(
            NodePrice.of(WalkPoint.of(two), CACHES).get(Caches.Level.L1));
    assertThat(price.walk().low()).isLessThan(1);
    assertThat(price.walk().best()).isCloseTo(5, within(1e-9));
    assertThat(price.walk().high()).isGreaterThan(9);
  }

  @Test
  void oneForkHasNoRatio() {
    assertThat(NodePrice.of(WalkPoint.of(Fixture.measurements(1)), CACHES).values())
        .isNotEmpty()
        .allMatch(price -> price.ratio().isEmpty() && price.forks() == 1);
  }

  @Test
  void aWalkWithoutItsChaseHasNoPrice() {
    List<Measurement> walks =
        Fixture.measurements(3).stream()
            .filter(each -> each.shortName().endsWith(".walk"))
            .toList();
    assertThat(NodePrice.of(WalkPoint.of(walks), CACHES)).isEmpty();
  }

  @Test
  void whatHasNoTimeOrNoCountIsNoPoint() {
    List<Measurement> odd =
        List.of(
            Fixture.measurement("walk", "t", "w2", 0, 5, 3),
            Fixture.measurement("walk", "t", "w2", 10, Double.NaN, 3),
            Fixture.measurement("walk", "t", "w2", 10, 0, 3),
            Fixture.measurement("other", "t", "w2", 10, 5, 3));
    assertThat(WalkPoint.of(odd)).isEmpty();
  }

  @Test
  void anUnknownCacheSizeEndsWhatCanBeSaid() {
    Caches noLast =
        new Caches(OptionalLong.of(32 << 10), OptionalLong.of(1 << 20), OptionalLong.empty());
    assertThat(noLast.holding(32 << 10)).contains(Caches.Level.L1);
    assertThat(noLast.holding((32 << 10) + 1)).contains(Caches.Level.L2);
    assertThat(noLast.holding(1 << 21)).isEmpty();
    assertThat(noLast.range(Caches.Level.BEYOND)).isEqualTo("size not shown");
    assertThat(noLast.bands(64)).hasSize(2);
    assertThat(CACHES.bands(64)).hasSize(4);
    assertThat(CACHES.holding(1e12)).contains(Caches.Level.BEYOND);
  }
}
