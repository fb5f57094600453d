package org.mapcost.model.lab;

import static org.mapcost.model.lab.Recording.Part.COUNTERS;
import static org.mapcost.model.lab.Recording.Part.COUNTS;
import static org.mapcost.model.lab.Recording.Part.OTHER;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.cache.CacheFlush;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.LineState;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.lab.Recording.Part;
import org.mapcost.model.pageattr.Attribute;
import org.mapcost.model.pageattr.PageAttributes;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Memtypes;
import tools.jackson.databind.JsonNode;

/// C: every change of caching attributes, ioremap, iounmap, clflush and wbinvd.
///
/// The script that the guest ran says what was called on which pages, and how large the pages were
/// that mapped them before. It does not say where single pages lay: those that 2 MiB pages mapped
/// at first are put into as many 2 MiB blocks as their first call split; so for these first calls
/// the number of splits is taken over, and only what follows from it is compared. All other splits
/// are predicted.
final class AttributeReplay implements Replay {
  /// What a call of the script does; its first number.
  private static final int ALLOC = 1;

  private static final int FREE = 2;
  private static final int ARRAY = 3;
  private static final int MEMORY = 4;
  private static final int LEVELS = 5;
  private static final int IOREMAP = 10;
  private static final int CLFLUSH = 11;
  private static final int WBINVD = 12;

  /// How the script asks for single pages, pages in as many 2 MiB blocks, and one contiguous piece.
  private static final int ONE_PER_BLOCK = 2;

  private static final int CONTIGUOUS = 3;

  /// Of ioremap: this one is an iounmap.
  private static final int IOUNMAP = 3;

  @Override
  public List<ComparedCall> replay(Recording recording, Coverage coverage) {
    Guest guest = new Guest(recording);
    List<Line> script = new ArrayList<>();
    recording.need(recording.data(), "ops_script").forEach(line -> script.add(Line.of(line)));
    Iterator<JsonNode> recorded = recording.need(recording.data(), "ops").iterator();
    Iterator<JsonNode> allocs = recording.need(recording.data(), "allocs").iterator();
    Map<Line, JsonNode> calls = new HashMap<>();
    for (Line line : script) {
      if (line.isCall()) {
        calls.put(line, next(recording, recorded, line.name));
      }
    }
    List<ComparedCall> compared = new ArrayList<>();
    for (Line line : script) {
      if (line.operation == ALLOC) {
        JsonNode alloc = next(recording, allocs, "allocation of slot " + line.slot);
        guest.allocate(line, alloc, splitsOfFirstCall(recording, coverage, script, line, calls));
      } else if (line.isCall()) {
        compared.add(compare(recording, coverage, guest, line, calls.get(line)));
      }
    }
    return compared;
  }

  private static JsonNode next(Recording recording, Iterator<JsonNode> recorded, String what) {
    if (!recorded.hasNext()) {
      throw new InputException(recording.file() + ": ends before " + what + "; record it again.");
    }
    return recorded.next();
  }

  /// How many large pages the first change of a newly allocated set split.
  private static long splitsOfFirstCall(
      Recording recording,
      Coverage coverage,
      List<Line> script,
      Line alloc,
      Map<Line, JsonNode> calls) {
    return script.subList(script.indexOf(alloc), script.size()).stream()
        .filter(line -> line.slot == alloc.slot)
        .filter(line -> line.operation == ARRAY || line.operation == MEMORY)
        .findFirst()
        .map(calls::get)
        .map(call -> GuestMemory.splits(recording, coverage, call))
        .orElse(0L);
  }

  private static ComparedCall compare(
      Recording recording, Coverage coverage, Guest guest, Line line, @Nullable JsonNode call) {
    if (call == null || !call.path("op").asString().equals(line.name)) {
      throw new InputException(
          recording.file() + ": the call of '" + line.name + "' is missing; record it again.");
    }
    Ledger ledger = new Ledger();
    int result = guest.call(line, ledger);
    ComparedCall.Builder sides = new ComparedCall.Builder(line.name);
    sides.put("result", call.path("ret").asLong(), line.operation == IOREMAP ? 0 : result);
    for (Event event :
        List.of(
            Event.CPA_CALL,
            Event.UNMAP_ALIASES,
            Event.RESOURCE_WALK,
            Event.TLB_ROUND_RANGED,
            Event.TLB_ROUND_FULL)) {
      sum(recording, coverage, call, event, ledger, sides, COUNTS);
    }
    sides.put(
        Event.DIRECT_MAP_SPLIT.key(),
        GuestMemory.splits(recording, coverage, call),
        ledger.total(Event.DIRECT_MAP_SPLIT));
    sum(recording, coverage, call, Event.CLFLUSH_LINE, ledger, sides, COUNTERS);
    sum(recording, coverage, call, Event.TLB_INVALIDATE_PAGE, ledger, sides, COUNTS, OTHER);
    sum(recording, coverage, call, Event.TLB_INVALIDATE_GLOBAL, ledger, sides, COUNTS, OTHER);
    sum(recording, coverage, call, Event.WBINVD, ledger, sides, COUNTS, OTHER);
    sum(recording, coverage, call, Event.IPI, ledger, sides, OTHER);
    return sides.build();
  }

  private static void sum(
      Recording recording,
      Coverage coverage,
      JsonNode call,
      Event event,
      Ledger ledger,
      ComparedCall.Builder sides,
      Part... parts) {
    long sum = 0;
    for (Part part : parts) {
      if (!recording.shows(coverage, part, event)) {
        return;
      }
      sum += recording.count(coverage, call, part, event);
    }
    sides.put(event.key(), sum, ledger.total(event));
  }

  /// One line of the script: an operation, a slot (for ioremap: the address), a number of pages
  /// (bytes), a mode, an offset (a slot) and the name of the call.
  private record Line(int operation, long slot, long pages, int mode, int at, String name) {
    static Line of(JsonNode line) {
      return new Line(
          line.path(0).asInt(),
          line.path(1).asLong(),
          line.path(2).asLong(),
          line.path(3).asInt(),
          line.path(4).asInt(),
          line.path(5).asString());
    }

    boolean isCall() {
      return operation != ALLOC && operation != FREE && operation != LEVELS;
    }

    Attribute attribute() {
      return switch (mode) {
        case 0 -> Attribute.WB;
        case 1 -> Attribute.UC;
        default -> Attribute.WC;
      };
    }
  }

  /// The machine that the calls are replayed on.
  private static final class Guest {
    private final PageAttributes attributes;
    private final Memtypes memtypes;
    private final int cpus;
    private final RamBlocks blocks;
    private final Map<Long, long[]> slots = new HashMap<>();
    private final Map<Integer, long[]> mappings = new HashMap<>();

    Guest(Recording recording) {
      GuestMemory memory = new GuestMemory(recording);
      this.cpus = recording.cpus();
      this.blocks = new RamBlocks(recording.file(), memory.tree());
      this.memtypes = memory.memtypes();
      this.attributes = memory.attributes();
    }

    /// Puts pages where the recording says: whether large or small pages mapped them then.
    void allocate(Line line, JsonNode alloc, long splits) {
      int pages = (int) line.pages;
      int small = alloc.path("levels_4k_2m_1g").path(0).asInt();
      int large = pages - small;
      LongStream largePages =
          switch (line.mode) {
            case CONTIGUOUS -> blocks.take(blocksFor(large)).limit(large);
            case ONE_PER_BLOCK -> onePerBlock(large);
            default -> spread(large, Math.max(1, splits));
          };
      slots.put(line.slot, LongStream.concat(smallPages(small), largePages).toArray());
    }

    private static long blocksFor(long pages) {
      return (pages + RamBlocks.PAGES - 1) / RamBlocks.PAGES;
    }

    private LongStream onePerBlock(int pages) {
      return LongStream.range(0, pages)
          .flatMap(each -> blocks.take(1).filter(pfn -> pfn % RamBlocks.PAGES == 7));
    }

    /// Pages of blocks that an earlier change split.
    private LongStream smallPages(int pages) {
      long[] pfns = blocks.take(blocksFor(pages)).toArray();
      for (int i = 0; i < pfns.length; i += (int) RamBlocks.PAGES) {
        attributes.setMemory(Attribute.UC, pfns[i], 1, Meter.NONE);
        attributes.setMemory(Attribute.WB, pfns[i], 1, Meter.NONE);
      }
      return LongStream.of(pfns).limit(pages);
    }

    private LongStream spread(int pages, long count) {
      if (pages == 0) {
        return LongStream.empty();
      }
      long[] pfns = LongStream.range(0, count).flatMap(each -> blocks.take(1)).toArray();
      return LongStream.range(0, pages)
          .map(i -> pfns[(int) (i % count * RamBlocks.PAGES + i / count)]);
    }

    int call(Line line, Ledger ledger) {
      return switch (line.operation) {
        case ARRAY ->
            attributes.setPagesArray(
                line.attribute(), slot(line), line.at, (int) line.pages, ledger);
        case MEMORY ->
            attributes.setMemory(line.attribute(), slot(line)[line.at], line.pages, ledger);
        case IOREMAP -> line.mode == IOUNMAP ? iounmap(line, ledger) : ioremap(line, ledger);
        case CLFLUSH -> {
          CacheFlush.clflushPages(line.pages, LineState.AS_FOUND, ledger);
          yield 0;
        }
        case WBINVD -> {
          CacheFlush.wbinvdOnAllCpus(cpus, ledger);
          yield 0;
        }
        default ->
            throw new InputException(
                "operation %d of '%s' is none that schema lab/1 has"
                    .formatted(line.operation, line.name));
      };
    }

    /// A search for memory that must not be mapped (`__ioremap_check_mem`), then the reservation.
    private int ioremap(Line line, Ledger ledger) {
      long end = line.slot + line.pages;
      mappings.put(line.at, new long[] {line.slot, end});
      CacheMode mode =
          switch (line.mode) {
            case 0 -> CacheMode.UC_MINUS;
            case 1 -> CacheMode.WC;
            default -> CacheMode.WB;
          };
      memtypes.isRam(line.slot, end, ledger);
      return memtypes.reserveIo(line.slot, end, mode, ledger).errno();
    }

    private int iounmap(Line line, Ledger ledger) {
      long @Nullable [] range = mappings.remove(line.at);
      return range == null ? -22 : memtypes.free(range[0], range[1], ledger);
    }

    private long[] slot(Line line) {
      long @Nullable [] pfns = slots.get(line.slot);
      if (pfns == null || line.at + line.pages > pfns.length) {
        throw new InputException("'" + line.name + "' changes pages that were never allocated");
      }
      return pfns;
    }
  }
}
