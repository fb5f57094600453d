package org.mapcost.model.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.TestResources;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.strategy.BufferLife;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Scenario;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.TouchOrder;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.units.PhysicalAddress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Guards `ttm-fault` against recordings of TTM in real kernels: faults, look-ups, walks, memtype
/// searches and visited nodes of every recorded touch, in five orders.
///
/// The recording's `ttm_bo_vm_fault` is the event `fault`, `lookup_memtype` is `pat_lookup`,
/// `find_next_iomem_res` (7.2: `find_next_res`) is `resource_walk`, `memtype_lookup` is
/// `memtype_search`.
class RecordedTtmFaultTest {
  @ParameterizedTest
  @CsvSource({
    "A-ttm-fault-vram-5.10, 5.11, 0xfd3e8000, 12",
    "A-ttm-fault-vram-6.1, 6.1, 0xfd3e8000, 12",
    "A-ttm-fault-vram-6.12.43, 6.1.0, 0xfd3e8000, 17",
    "A-ttm-fault-vram-7.2, 7.2, 0xfd000000, 11",
  })
  void everyTouchOfDeviceMemory(String file, String kernel, String address, int nodesPerWalk) {
    JsonNode recording = read(file);
    ResourceTree tree = tree(recording);
    for (JsonNode test : recording.get("tests")) {
      Ledger ledger =
          BufferLife.of(
                  Strategies.named("ttm-fault"),
                  new Scenario(
                      Kernels.named(kernel),
                      tree,
                      List.of(),
                      Memory.VRAM,
                      PhysicalAddress.parse(address),
                      test.get("pages").asLong(),
                      CacheMode.WC,
                      touch(test.get("pattern").asString()),
                      Cpus.running(1),
                      PoolKind.NONE))
              .first();
      for (String phase : List.of("touch1", "touch2")) {
        JsonNode counts = counts(test, phase);
        String what = file + " " + test.get("pages") + " " + test.get("pattern") + " " + phase;
        assertThat(ledger.count(Phase.TOUCH, Event.FAULT))
            .as(what)
            .isPositive()
            .isEqualTo(counts.path("ttm_bo_vm_fault").asLong());
        assertThat(ledger.count(Phase.TOUCH, Event.PAT_LOOKUP))
            .as(what)
            .isEqualTo(counts.path("lookup_memtype").asLong());
        long walks =
            counts.path("find_next_iomem_res").asLong() + counts.path("find_next_res").asLong();
        assertThat(ledger.count(Phase.TOUCH, Event.RESOURCE_WALK)).as(what).isEqualTo(walks);
        assertThat(ledger.count(Phase.TOUCH, Event.RESOURCE_NODE_VISIT))
            .as(what)
            .isEqualTo(walks * nodesPerWalk);
        assertThat(ledger.count(Phase.TOUCH, Event.MEMTYPE_SEARCH))
            .as(what)
            .isEqualTo(counts.path("memtype_lookup").asLong());
        assertThat(ledger.count(Phase.TOUCH, Event.RAM_FLAG_OP)).isZero();
      }
      for (String phase : List.of("mmap1", "munmap1")) {
        assertThat(counts(test, phase).size()).as("no look-up at %s", phase).isZero();
      }
      assertThat(ledger.count(Phase.MAP, Event.RESOURCE_WALK)).isZero();
      assertThat(ledger.count(Phase.UNMAP, Event.RESOURCE_WALK)).isZero();
    }
  }

  /// The buffer is in system memory there, populated before: look-ups end at the page flags, not in
  /// the memtype tree.
  @ParameterizedTest
  @CsvSource({"A-ttm-fault-5.10, 5.11"})
  void everyTouchOfSystemMemory(String file, String kernel) {
    JsonNode recording = read(file);
    ResourceTree tree = tree(recording);
    for (JsonNode test : recording.get("tests")) {
      Ledger ledger =
          BufferLife.of(
                  Strategies.named("ttm-fault"),
                  new Scenario(
                      Kernels.named(kernel),
                      tree,
                      List.of(),
                      Memory.RAM,
                      Scenario.lastSystemRam(tree),
                      test.get("pages").asLong(),
                      CacheMode.WB,
                      touch(test.get("pattern").asString()),
                      Cpus.running(1),
                      PoolKind.TTM_POOL))
              .first();
      for (String phase : List.of("touch1", "touch2")) {
        JsonNode counts = counts(test, phase);
        assertThat(ledger.count(Phase.TOUCH, Event.FAULT))
            .isPositive()
            .isEqualTo(counts.path("ttm_bo_vm_fault").asLong());
        assertThat(ledger.count(Phase.TOUCH, Event.PAT_LOOKUP))
            .isEqualTo(counts.path("lookup_memtype").asLong());
        assertThat(ledger.count(Phase.TOUCH, Event.RESOURCE_WALK))
            .isEqualTo(counts.path("find_next_iomem_res").asLong());
        assertThat(ledger.count(Phase.TOUCH, Event.RAM_FLAG_OP))
            .isEqualTo(counts.path("lookup_memtype").asLong());
        assertThat(ledger.count(Phase.TOUCH, Event.MEMTYPE_SEARCH))
            .isEqualTo(counts.path("memtype_lookup").asLong())
            .isZero();
      }
    }
  }

  static JsonNode read(String file) {
    return JsonMapper.shared()
        .readTree(TestResources.text(RecordedTtmFaultTest.class, file + ".json"));
  }

  static ResourceTree tree(JsonNode recording) {
    StringBuilder iomem = new StringBuilder();
    recording.get("iomem").forEach(line -> iomem.append(line.asString()).append('\n'));
    return ProcIomem.parse("lab", iomem.toString()).tree();
  }

  /// The recording's word for an order.
  static TouchOrder touch(String pattern) {
    return TouchOrder.parse(
        switch (pattern) {
          case "seq" -> "sequential";
          case "rev" -> "reverse";
          case "stride16", "stride32" -> pattern.replace("stride", "stride:");
          default -> pattern;
        });
  }

  private static JsonNode counts(JsonNode test, String phase) {
    return Stream.of(test.get("phases"))
        .flatMap(phases -> phases.valueStream())
        .filter(each -> each.get("phase").asString().equals(phase))
        .findFirst()
        .orElseThrow()
        .get("counts");
  }
}
