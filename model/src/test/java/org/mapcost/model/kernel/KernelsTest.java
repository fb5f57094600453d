package org.mapcost.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.InputException;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.pool.PoolRules;
import org.mapcost.model.pool.Search;
import org.mapcost.model.pool.Shrink;

/// Guards which release behaves as which file says, that a gap in what is known is told, and that a
/// replaced behaviour is always visible as such.
class KernelsTest {
  @ParameterizedTest
  @CsvSource({
    "4.8, W0",
    "4.8.17, W0",
    "4.19, W0",
    "4.19.325, W0",
    "5.4, W1",
    "5.10, W1",
    "5.10.0, W1",
    "5.10.223, W1",
    "5.10.240, W1",
    "5.11, W1",
    "5.15, W2",
    "5.15.0, W2",
    "5.15.190, W2",
    "6.1.0, W2",
    "6.1.176, W3",
    "6.1.200, W3",
    "6.1, W3",
    "6.6.0, W2",
    "6.6, W3",
    "6.12.0, W2",
    "6.12.1, W2",
    "6.12.43, W2",
    "6.12.107, W3",
    "6.12.108, W3",
    "6.12, W3",
    "6.16, W2",
    "6.16.0, W2",
    "6.16.12, W2",
    "6.17.0, W2",
    "6.17.8, W2",
    "6.17.13, W3",
    "6.17, W3",
    "7.2, W3",
    "7.2.0, W3",
    "7.2.13, W3"
  })
  void aReleaseWalksAsItsStretchDoes(String name, ResourceWalk walk) {
    Kernel kernel = Kernels.named(name);
    assertThat(kernel.resourceWalk()).isEqualTo(walk);
    assertThat(kernel.label()).isEqualTo(name);
    assertThat(kernel.warnings()).isEmpty();
    assertThat(kernel.gap()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "6.1.1, 6.1.0, 6.1.176", "6.1.175, 6.1.0, 6.1.176", "6.6.50, 6.6.0, 6.6.120",
    "6.12.44, 6.12.43, 6.12.107", "6.12.106, 6.12.43, 6.12.107", "6.17.9, 6.17.8, 6.17.13",
    "6.17.12, 6.17.8, 6.17.13"
  })
  void inAGapTheOlderIsAssumedAndSaid(String name, String before, String after) {
    Kernel kernel = Kernels.named(name);
    assertThat(kernel.resourceWalk()).isEqualTo(ResourceWalk.W2);
    assertThat(kernel.isAssumed(Behaviour.RESOURCE_WALK)).isTrue();
    assertThat(kernel.isAssumed(Behaviour.TTM_PREFAULT)).isFalse();
    assertThat(kernel.setting(Behaviour.RESOURCE_WALK).evidence()).isEqualTo(Evidence.INFERRED);
    assertThat(kernel.setting(Behaviour.RESOURCE_WALK).source())
        .startsWith("assumed: w2 in " + before + ", w3 in " + after + ";");
    assertThat(kernel.standsFor())
        .isEqualTo(
            name + ", in the gap between " + before + " and " + after + "; treated as " + before);
    assertThat(kernel.label()).startsWith(name + " (resource_walk=w2 assumed");
    assertThat(kernel.warnings())
        .singleElement()
        .asString()
        .startsWith(
            "kernel "
                + name
                + " lies between "
                + before
                + " and "
                + after
                + ", and where these came to differ is not known; assumed as in "
                + before
                + ": resource_walk=w2 (else w3)")
        .endsWith("Choose with --set kernel.NAME=VALUE.");
  }

  @Test
  void whoChoosesInAGapIsNotWarned() {
    Kernel gap = Kernels.named("6.17.10");
    assertThat(Objects.requireNonNull(gap.gap()).changed())
        .containsOnlyKeys(Behaviour.RESOURCE_WALK);
    Kernel chosen = gap.with(Behaviour.RESOURCE_WALK, "w3");
    assertThat(chosen.warnings()).isEmpty();
    assertThat(chosen.label()).isEqualTo("6.17.10 (resource_walk=w3)");
  }

  /// What was recorded in one release is inferred for its neighbours.
  @Test
  void onlyTheRecordedReleaseIsRecorded() {
    assertThat(Kernels.named("6.12.43").setting(Behaviour.RESOURCE_WALK).evidence())
        .isEqualTo(Evidence.RECORDED);
    Kernel.Setting neighbour = Kernels.named("6.12.30").setting(Behaviour.RESOURCE_WALK);
    assertThat(neighbour.evidence()).isEqualTo(Evidence.INFERRED);
    assertThat(neighbour.source()).startsWith("as in 6.12.43: recorded node by node in 6.12.43");
    assertThat(Kernels.named("6.12").setting(Behaviour.RESOURCE_WALK).evidence())
        .isEqualTo(Evidence.RECORDED);
    assertThat(Kernels.named("6.12.0").setting(Behaviour.RESOURCE_WALK).evidence())
        .isEqualTo(Evidence.INFERRED);
  }

  @Test
  void everyKernelHasASourceForEveryBehaviour() {
    assertThat(Kernels.names())
        .containsExactly(
            "4.8", "4.19", "5.4", "5.10", "5.11", "5.15", "6.1.0", "6.1", "6.6.0", "6.6", "6.12.0",
            "6.12", "6.16", "6.17.0", "6.17", "7.2");
    assertThat(Kernels.all().stream().map(Kernel::name)).isEqualTo(Kernels.names());
    for (Kernel kernel : Kernels.all()) {
      for (Behaviour behaviour : Behaviour.values()) {
        assertThat(kernel.setting(behaviour).source()).isNotBlank();
        assertThat(kernel.setting(behaviour).evidence()).isNotEqualTo(Evidence.SET);
      }
    }
  }

  /// Behaviours follow each other: where a kernel has one, it has the other.
  @Test
  void behavioursThatGoTogether() {
    for (Kernel kernel : Kernels.all()) {
      boolean mixed = kernel.ttmWindow().insert() == TtmInsert.MIXED;
      assertThat(kernel.ttmVma().name()).as(kernel.name()).isEqualTo(mixed ? "MIXEDMAP" : "PFNMAP");
      assertThat(kernel.ttmAcceptsCow()).as(kernel.name()).isEqualTo(mixed);
      boolean tracks = kernel.patHooks().key().equals("track-pfn");
      assertThat(kernel.memtypeErase().key())
          .as(kernel.name())
          .isEqualTo(tracks ? "exact-or-shrink" : "exact");
      assertThat(kernel.privateFork().key().equals("shares")).as(kernel.name()).isEqualTo(!tracks);
    }
  }

  /// Every value that a file or `--set` may name can be read back by the code that follows it.
  @ParameterizedTest
  @EnumSource(Behaviour.class)
  void everyValueIsUnderstood(Behaviour behaviour) {
    for (String value : behaviour.choices()) {
      Kernel kernel = Kernels.named("6.1").with(behaviour, value);
      assertThat(kernel.setting(behaviour).value()).isEqualTo(value);
      assertThat(kernel.setting(behaviour).evidence()).isEqualTo(Evidence.SET);
      assertThat(kernel.label()).contains(behaviour.key() + "=" + value);
      assertThat(read(kernel)).doesNotContainNull();
    }
  }

  private static Object[] read(Kernel kernel) {
    return new Object[] {
      kernel.resourceWalk(),
      kernel.regionIntersects(),
      kernel.patHooks(),
      kernel.privateFork(),
      kernel.memtypeErase(),
      kernel.memtypeSanitize(),
      kernel.mtrrInvalid(),
      kernel.mixedLookup(),
      kernel.mixedBadVma(),
      kernel.mixedGup(),
      kernel.ttmVma(),
      kernel.ttmWindow(),
      kernel.ttmAcceptsCow(),
      kernel.ttmHugeFaults(),
      kernel.ttmPool(),
      kernel.poolRules(kernel.ttmPool()),
      kernel.cpaFlush(),
      kernel.tlbOrder(),
      kernel.lazyTlb(),
      kernel.mremapLazy(),
      kernel.invlpgb(),
      kernel.systemHeapMmap(),
      kernel.shmemFault(),
      kernel.udmabufFault()
    };
  }

  @Test
  void aSetBehaviourShowsInTheLabel() {
    Kernel kernel = Kernels.named("6.1").with(Behaviour.RESOURCE_WALK, "W2");
    assertThat(kernel.resourceWalk()).isEqualTo(ResourceWalk.W2);
    assertThat(kernel.label()).isEqualTo("6.1 (resource_walk=w2)");
    assertThat(kernel.setting(Behaviour.RESOURCE_WALK).evidence()).isEqualTo(Evidence.SET);
  }

  /// Another pool without its rules would be the old one under another name.
  @Test
  void anotherPoolBringsItsRules() {
    Kernel kernel = Kernels.named("6.1").with(Behaviour.TTM_POOL, "ttm-pool-7");
    assertThat(kernel.poolRules(PoolKind.TTM_POOL_7)).isEqualTo(PoolKind.TTM_POOL_7.rules());
    assertThat(kernel.label())
        .isEqualTo("6.1 (ttm_pool=ttm-pool-7, pool_search=after-failure, pool_shrink=batch)");
    Kernel chosen =
        Kernels.named("6.1")
            .with(Behaviour.POOL_SEARCH, "every-chunk")
            .with(Behaviour.TTM_POOL, "ttm-pool-7");
    assertThat(chosen.poolRules(PoolKind.TTM_POOL_7).search()).isEqualTo(Search.EVERY_CHUNK);
    assertThat(chosen.poolRules(PoolKind.TTM_POOL_7).shrink()).isEqualTo(Shrink.BATCH);
  }

  @Test
  void poolsAreAsTheReleaseHasThem() {
    assertThat(Kernels.named("5.11").poolRules(PoolKind.TTM_POOL)).isEqualTo(PoolRules.FIRST);
    assertThat(Kernels.named("6.1").poolRules(PoolKind.TTM_POOL))
        .isEqualTo(PoolKind.TTM_POOL.rules());
    assertThat(Kernels.named("5.11").poolRules(PoolKind.TTM_POOL_7))
        .isEqualTo(PoolKind.TTM_POOL_7.rules());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "6.2 | unknown kernel '6.2'; did you mean '6.1'? Known: 4.8, 4.19,",
        "3.10 | unknown kernel '3.10'; did you mean '4.8'? Known:",
        "4.18 | unknown kernel '4.18'; did you mean '4.19'? Known:",
        "7.0 | unknown kernel '7.0'; did you mean '7.2'? Known:",
        "9.9 | unknown kernel '9.9'; did you mean '7.2'? Known:",
        "6.18.3 | unknown kernel '6.18.3'; did you mean '6.17'? Known:",
        "foo | unknown kernel 'foo'. Known:",
        "6.1.0-50-amd64 | unknown kernel '6.1.0-50-amd64': a distribution's name hides the point"
            + " release.",
        "7.l | unknown kernel '7.l'; did you mean '7.2'? Known:"
      })
  void unknownKernels(String name, String message) {
    assertThatThrownBy(() -> Kernels.named(name))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "6", "6.1.", "6.1.0.0", "-6.1", "6.1.99999", "99999999999.1"})
  void noRelease(String name) {
    assertThatThrownBy(() -> Kernels.named(name))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("unknown kernel '" + name + "'");
  }

  @Test
  void unknownKeysAndValues() {
    assertThatThrownBy(() -> Behaviour.ofKey("resource_wlak"))
        .hasMessageStartingWith(
            "unknown kernel key 'resource_wlak'; did you mean 'resource_walk'?");
    assertThatThrownBy(() -> Kernels.named("6.1").with(Behaviour.RESOURCE_WALK, "w9"))
        .hasMessageStartingWith("unknown value for kernel.resource_walk 'w9'");
    assertThatThrownBy(() -> Kernels.named("6.1").with(Behaviour.SHMEM_FAULT, "pages"))
        .hasMessage(
            "unknown value for kernel.shmem_fault 'pages'; did you mean 'page'? Known: absent,"
                + " page, pfn.");
    assertThat(Arrays.stream(Behaviour.values()).map(Behaviour::description)).doesNotContain("");
  }
}
