package org.mapcost.model.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.lab.LabMapping.Place;
import tools.jackson.databind.JsonNode;

/// Guards the flushes of `munmap` against every recording of scenario D: how many, how many of them
/// full, and how many pages the others name.
///
/// Where a mapping lay among the others of its process was not recorded, and page tables that it
/// shares are not freed. For each test some place must explain all three numbers of both unmaps: on
/// 5.10 and 6.1 the mapping was alone in its 1 GiB, on 6.16 right in front of another.
class RecordedUnmapFlushTest {
  /// What one `munmap` flushed.
  private record Flushes(long calls, long full, long pages) {
    static Flushes recorded(JsonNode phase) {
      return new Flushes(
          phase.path("flush_tlb_mm_range").asLong(),
          phase.path("native_flush_tlb_local").asLong(),
          phase.path("native_flush_tlb_one_user").asLong());
    }

    static Flushes of(Ledger ledger) {
      return new Flushes(
          ledger.total(Event.TLB_ROUND_RANGED) + ledger.total(Event.TLB_ROUND_FULL),
          ledger.total(Event.TLB_ROUND_FULL),
          ledger.total(Event.TLB_INVALIDATE_PAGE));
    }
  }

  @ParameterizedTest
  @CsvSource({"5.10, false", "6.1, false", "6.16, true"})
  void somePlaceExplainsEveryUnmap(String kernel, boolean inFront) {
    LabMachine machine = new LabMachine(kernel);
    int compared = 0;
    for (JsonNode test : machine.tests()) {
      JsonNode phases = test.get("phases");
      if (!phases.has("munmap")) {
        continue;
      }
      List<Flushes> recorded = new ArrayList<>();
      if (phases.has("munmap_part")) {
        recorded.add(Flushes.recorded(phases.get("munmap_part")));
      }
      recorded.add(Flushes.recorded(phases.get("munmap")));
      List<List<Flushes>> possible =
          places(inFront, test.get("pages").asLong())
              .map(place -> unmaps(machine.mapping(test, place), phases.has("munmap_part")))
              .distinct()
              .toList();
      assertThat(possible)
          .as("%s %s %s %s", kernel, test.get("api"), test.get("share"), test.get("pages"))
          .contains(recorded);
      compared++;
    }
    assertThat(compared).isGreaterThan(60);
  }

  private static Stream<Place> places(boolean inFront, long pages) {
    return inFront
        ? LongStream.range(0, pages).mapToObj(Place::inFront)
        : LongStream.concat(LongStream.range(0, 34), LongStream.of(400)).mapToObj(Place::alone);
  }

  private static List<Flushes> unmaps(LabMapping mapping, boolean pageOneFirst) {
    mapping.mmap();
    mapping.read();
    mapping.write();
    List<Flushes> flushes = new ArrayList<>();
    if (pageOneFirst) {
      flushes.add(Flushes.of(mapping.unmapPageOne()));
    }
    flushes.add(Flushes.of(mapping.unmapAll()));
    return flushes;
  }
}
