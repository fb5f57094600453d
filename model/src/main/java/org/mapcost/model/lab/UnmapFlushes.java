package org.mapcost.model.lab;

import static org.mapcost.model.lab.Recording.Part.COUNTS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.lab.InsertionMapping.Place;
import tools.jackson.databind.JsonNode;

/// What one unmap flushed: how many rounds, how many full ones, and how many pages the others name.
///
/// Where a mapping lay among the others of its process is not recorded, and page tables that it
/// shares are not freed; so the flushes of a place are compared that explains the recorded ones, if
/// there is one.
record UnmapFlushes(long rounds, long full, long pages) {
  /// Pages of a page-table page.
  private static final long TABLE = 512;

  static UnmapFlushes recorded(Recording recording, Coverage coverage, JsonNode phase) {
    return new UnmapFlushes(
        recording.count(coverage, phase, COUNTS, Event.TLB_ROUND_RANGED),
        recording.count(coverage, phase, COUNTS, Event.TLB_INVALIDATE_FULL),
        recording.count(coverage, phase, COUNTS, Event.TLB_INVALIDATE_PAGE));
  }

  static UnmapFlushes of(Ledger ledger) {
    return new UnmapFlushes(
        ledger.total(Event.TLB_ROUND_RANGED) + ledger.total(Event.TLB_ROUND_FULL),
        ledger.total(Event.TLB_INVALIDATE_FULL),
        ledger.total(Event.TLB_INVALIDATE_PAGE));
  }

  /// A place in the process from which a mapping's unmaps flush as recorded; empty where none does.
  static Optional<Place> placeThatExplains(
      long pages, List<UnmapFlushes> recorded, Function<Place, InsertionMapping> mappings) {
    if (recorded.isEmpty()) {
      return Optional.empty();
    }
    return places(pages)
        .filter(place -> unmaps(mappings.apply(place), recorded.size()).equals(recorded))
        .findFirst();
  }

  /// By itself in its 1 GiB, at the beginning of one or further behind, or in front of another
  /// mapping, with some of its pages below a 2 MiB boundary.
  private static Stream<Place> places(long pages) {
    return Stream.concat(
        LongStream.concat(LongStream.of(400), LongStream.range(0, 34)).mapToObj(Place::alone),
        LongStream.range(0, Math.min(pages, TABLE)).mapToObj(Place::inFront));
  }

  private static List<UnmapFlushes> unmaps(InsertionMapping mapping, int unmaps) {
    mapping.mmap();
    mapping.read();
    mapping.write();
    List<UnmapFlushes> flushes = new ArrayList<>();
    if (unmaps == 2) {
      flushes.add(of(mapping.unmapPageOne()));
    }
    flushes.add(of(mapping.unmapAll()));
    return flushes;
  }

  /// Puts both sides of one unmap into a call.
  static void put(UnmapFlushes recorded, UnmapFlushes modelled, ComparedCall.Builder sides) {
    sides
        .put("tlb_round", recorded.rounds, modelled.rounds)
        .put(Event.TLB_INVALIDATE_FULL.key(), recorded.full, modelled.full)
        .put(Event.TLB_INVALIDATE_PAGE.key(), recorded.pages, modelled.pages);
  }
}
