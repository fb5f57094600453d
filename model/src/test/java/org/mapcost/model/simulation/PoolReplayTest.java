package org.mapcost.model.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.pageattr.Attribute;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.script.PoolScript;
import org.mapcost.model.script.ScriptLine;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.workload.Workload;
import org.mapcost.model.workload.Workloads;

/// Guards that pools replayed over time are the pools of scripts, that no page is lost between
/// buffers and pool, that a larger pool of one chunk size never hits less, and where a pool is
/// called large enough.
class PoolReplayTest {
  private static Platform platform(String kernel) {
    return new Platform(
        Machines.named("client-igpu"),
        Kernels.named(kernel),
        BundledTree.LAPTOP_COMETLAKE_IGPU.tree(),
        Strategies.named("ttm-fault"),
        Conditions.USUAL,
        OptionalDouble.empty());
  }

  /// Buffers that come and go, a millisecond after each other.
  ///
  /// @param order their size is a power of two of pages; negative: any size up to 700
  private static List<PoolRequest> requests(RandomGenerator random, int count, int order) {
    List<PoolRequest> requests = new ArrayList<>();
    List<Integer> live = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double at = i * 1e6;
      if (live.isEmpty() || (live.size() < 40 && random.nextInt(100) < 52)) {
        long pages = order < 0 ? 1 + random.nextInt(700) : 1L << order;
        Attribute caching = random.nextInt(4) == 0 && order < 0 ? Attribute.UC : Attribute.WC;
        requests.add(new PoolRequest.Alloc(at, i, caching, pages, 0));
        live.add(i);
      } else {
        requests.add(
            new PoolRequest.Free(at, live.remove(/* index */ random.nextInt(live.size()))));
      }
    }
    return requests;
  }

  @ParameterizedTest
  @CsvSource({"4.19,0", "5.10,0", "5.11,300", "6.1,1000", "6.16,1000", "7.2,1000", "7.2,0"})
  void conversionsAreThoseOfThePoolScript(String kernel, long limit) {
    for (long seed = 1; seed <= 2; seed++) {
      List<PoolRequest> requests = requests(Queues.random(seed), 300, -1);
      PoolReplay replay = new PoolReplay(platform(kernel), Kernels.named(kernel).ttmPool(), limit);
      PoolOutcome outcome = replay.run(requests, 0);
      PoolScript script = new PoolScript(Kernels.named(kernel), Cpus.running(8), 1 << 20);
      long conversions = 0;
      long pages = 0;
      long kept = 0;
      if (limit > 0) {
        script.perform(ScriptLine.of("test", 1, "limit " + limit));
      }
      for (PoolRequest request : requests) {
        PoolScript.Step step = script.perform(ScriptLine.of("test", 1, line(request)));
        conversions += step.attributeCalls().size();
        pages += step.attributeCalls().stream().mapToInt(Integer::intValue).sum();
        kept = step.kept();
      }
      assertThat(outcome.conversions()).isEqualTo(conversions).isPositive();
      assertThat(outcome.changed()).isEqualTo(pages);
      assertThat(replay.held()).isEqualTo(kept);
    }
  }

  private static String line(PoolRequest request) {
    return switch (request) {
      case PoolRequest.Alloc alloc ->
          "alloc b%d %s %d"
              .formatted(
                  alloc.buffer(), alloc.caching() == Attribute.WC ? "wc" : "uc", alloc.pages());
      case PoolRequest.Free free -> "free b" + free.buffer();
      case PoolRequest.Reclaim reclaim -> throw new AssertionError(reclaim.toString());
    };
  }

  /// Every page that was converted and not changed back is in a buffer or in the pool.
  @ParameterizedTest
  @EnumSource(PoolKind.class)
  void pagesAreConserved(PoolKind kind) {
    for (long limit : new long[] {0, 1, 500, 5000}) {
      List<PoolRequest> requests = requests(Queues.random(7 + limit), 400, -1);
      for (int i = 50; i < requests.size(); i += 60) {
        requests.add(i, new PoolRequest.Reclaim(requests.get(i).at(), 300));
      }
      PoolReplay replay = new PoolReplay(platform("6.1"), kind, limit);
      PoolOutcome outcome = replay.run(requests, 0);
      assertThat(outcome.changed() - outcome.changedBack())
          .isEqualTo(replay.inUse() + replay.held());
      assertThat(outcome.heldAtEnd())
          .isEqualTo(replay.held())
          .isLessThanOrEqualTo(outcome.mostHeld());
      assertThat(outcome.found() + outcome.changed()).isGreaterThanOrEqualTo(outcome.pages());
      if (kind == PoolKind.NONE) {
        assertThat(outcome.mostHeld()).isZero();
        assertThat(outcome.hitRatio()).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 10})
  void aLargerPoolOfOneChunkSizeNeverHitsLess(int order) {
    for (PoolKind kind : List.of(PoolKind.TTM_POOL, PoolKind.TTM_POOL_6_15)) {
      for (long seed = 1; seed <= 3; seed++) {
        List<PoolRequest> requests = requests(Queues.random(seed), 300, order);
        double before = -1;
        double largest = 0;
        for (long chunks = 1; chunks <= 64; chunks *= 4) {
          PoolOutcome outcome =
              new PoolReplay(platform("6.1"), kind, chunks << order).run(requests, 0);
          assertThat(outcome.hitRatio()).isGreaterThanOrEqualTo(before);
          assertThat(outcome.mostHeld()).isLessThanOrEqualTo(chunks << order);
          before = outcome.hitRatio();
          largest = before;
        }
        assertThat(largest).isPositive();
      }
    }
  }

  /// On two nodes a buffer given back on one is not found from the other.
  @Test
  void nodesHavePoolsOfTheirOwnFromSevenOn() {
    List<PoolRequest> requests = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      requests.add(new PoolRequest.Alloc(i, i, Attribute.WC, 8, i / 10));
      requests.add(new PoolRequest.Free(i, i));
    }
    Platform twoSockets =
        new Platform(
            Machines.named("skylake-sp-2s"),
            Kernels.named("7.2"),
            BundledTree.XEON_WOLFPASS_2S.tree(),
            Strategies.named("ttm-fault"),
            Conditions.USUAL,
            OptionalDouble.empty());
    PoolOutcome seven = new PoolReplay(twoSockets, PoolKind.TTM_POOL_7, 64).run(requests, 0);
    PoolOutcome before = new PoolReplay(twoSockets, PoolKind.TTM_POOL_6_15, 64).run(requests, 0);
    assertThat(seven.nodes()).isEqualTo(2);
    assertThat(seven.conversions()).isEqualTo(2);
    assertThat(seven.heldAtEnd()).isEqualTo(16);
    assertThat(before.nodes()).isEqualTo(1);
    assertThat(before.conversions()).isEqualTo(1);
    assertThat(before.heldAtEnd()).isEqualTo(8);
  }

  @Test
  void whatIsEarlierThanTheObservedTimeIsDoneButNotCounted() {
    List<PoolRequest> requests =
        List.of(
            new PoolRequest.Alloc(0, 0, Attribute.WC, 8, 0),
            new PoolRequest.Free(1, 0),
            new PoolRequest.Alloc(20, 1, Attribute.WC, 8, 0),
            new PoolRequest.Free(30, 1),
            new PoolRequest.Reclaim(40, 1));
    PoolOutcome outcome = new PoolReplay(platform("6.1"), PoolKind.TTM_POOL, 64).run(requests, 10);
    assertThat(outcome.allocations()).isEqualTo(1);
    assertThat(outcome.whole()).isEqualTo(1);
    assertThat(outcome.conversions()).isZero();
    assertThat(outcome.hitRatio()).isEqualTo(1);
    // Kept from 10 to 20 and from 30 to 40.
    assertThat(outcome.meanHeld()).isEqualTo(8 * 20.0 / 30);
  }

  @Test
  void theKneeIsTheSmallestLimitThatSavesEnough() {
    Workload workload = Workloads.named("desktop-compositor").withDuration(300e6);
    PoolSweep sweep = PoolSweep.of(SimulationTest.platform(workload), workload, List.of());
    assertThat(sweep.points()).hasSize(2 + 3 * 9);
    PoolSweep.Point none = sweep.byDefault(PoolKind.NONE);
    PoolSweep.Knee knee = sweep.knee(PoolKind.TTM_POOL).orElseThrow();
    double worst = none.each().caller().best();
    double most = worst - knee.largest().each().caller().best();
    for (PoolSweep.Point point : sweep.limited(PoolKind.TTM_POOL)) {
      boolean enough = worst - point.each().caller().best() >= PoolSweep.ENOUGH * most;
      assertThat(enough).isEqualTo(point.outcome().limit() >= knee.at().outcome().limit());
    }
    assertThat(knee.low()).isLessThanOrEqualTo(knee.at().outcome().limit());
    assertThat(knee.high()).isGreaterThanOrEqualTo(knee.at().outcome().limit());
    assertThat(sweep.knee(PoolKind.NONE)).isEmpty();
  }

  @Test
  void whoAsksNoPoolIsToldSo() {
    Workload collapse = Workloads.named("dax-fault-collapse").withDuration(1e5);
    assertThatThrownBy(() -> PoolSweep.of(SimulationTest.platform(collapse), collapse, List.of()))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "workload 'dax-fault-collapse' asks no page pool for pages: no clients with 'memory:"
                + " ram' and a mode other than wb.");
  }
}
