package org.mapcost.model.lab;

import static org.mapcost.model.lab.Recording.Part.COUNTERS;
import static org.mapcost.model.lab.Recording.Part.COUNTS;
import static org.mapcost.model.lab.Recording.Part.OTHER;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.pageattr.Attribute;
import org.mapcost.model.pool.AttributeCalls;
import org.mapcost.model.pool.Buffer;
import org.mapcost.model.pool.CachingChange;
import org.mapcost.model.pool.PageAllocator;
import org.mapcost.model.pool.PagePool;
import org.mapcost.model.pool.PoolKind;
import tools.jackson.databind.JsonNode;

/// E: every step of TTM's page pool: buffers, limits, the shrinker and drop_caches.
///
/// Not compared: splits of the direct map (with the flush that each costs) and how many chunks
/// happened to lie side by side. Both follow from where that boot had free memory.
final class PoolReplay implements Replay {
  private static final Pattern POOL_ROW = Pattern.compile("^(wc|uc)\\s*:\\s*(.*)$");
  private static final Pattern TOTAL = Pattern.compile("^total.*:\\s*(\\d+) of\\s+(\\d+)$");

  /// The third number of an allocation: its caching.
  private static final List<Attribute> CACHING = List.of(Attribute.UC, Attribute.WC, Attribute.WB);

  @Override
  public List<ComparedCall> replay(Recording recording, Coverage coverage) {
    Guest guest = new Guest(recording);
    List<ComparedCall> calls = new ArrayList<>();
    for (JsonNode step : recording.need(recording.data(), "ops")) {
      guest.perform(recording, step);
      calls.add(guest.compare(recording, coverage, step));
    }
    return calls;
  }

  /// The pool of the guest, and what is allocated from it.
  private static final class Guest {
    private final Ledger ledger = new Ledger();
    private final AttributeCalls attributes;
    private final PagePool pool;
    private final int others;
    private final Map<Integer, Buffer> buffers = new HashMap<>();
    private boolean uncached;

    Guest(Recording recording) {
      GuestMemory memory = new GuestMemory(recording);
      this.others = recording.cpus() - 1;
      this.attributes = new AttributeCalls(CachingChange.of(memory.attributes()));
      Kernel kernel = recording.kernel();
      PoolKind kind = kernel.ttmPool();
      this.pool =
          kind.create(
              kernel.poolRules(kind),
              PageAllocator.ofRam(memory.endOfRam()),
              attributes,
              ramPages(recording, memory));
      long limit = parameter(recording, "page_pool_size");
      if (limit > 0) {
        pool.limit(limit);
      }
    }

    /// TTM's limits are made from half of the RAM that it found.
    private static long ramPages(Recording recording, GuestMemory memory) {
      long half = parameter(recording, "pages_limit");
      return half > 0 ? 2 * half : memory.ramPages();
    }

    private static long parameter(Recording recording, String name) {
      for (JsonNode line : recording.data().path("params")) {
        String[] words = line.asString().trim().split("\\s+", -1);
        if (words.length == 2 && words[0].endsWith("/" + name)) {
          return Long.parseLong(words[1]);
        }
      }
      return 0;
    }

    void perform(Recording recording, JsonNode step) {
      ledger.clear();
      attributes.clear();
      String name = step.path("op").asString();
      JsonNode a = recording.need(step, "a");
      int slot = a.path(0).asInt();
      long pages = a.path(1).asLong();
      if (name.startsWith("page_pool_size_")) {
        pool.limit(a.path(0).asLong());
      } else if (name.startsWith("drop_caches")) {
        pool.drop(ledger);
      } else if (name.startsWith("shrink_read")) {
        pool.shrink(ledger);
      } else if (pages > 0) {
        Attribute caching = CACHING.get(a.path(2).asInt());
        uncached = caching == Attribute.UC;
        buffers.put(slot, pool.alloc(caching, pages, ledger));
      } else {
        Buffer buffer = buffers.remove(slot);
        if (buffer == null) {
          throw new InputException(
              recording.file() + ": '" + name + "' frees what was never allocated.");
        }
        pool.free(buffer, ledger);
      }
    }

    ComparedCall compare(Recording recording, Coverage coverage, JsonNode step) {
      ComparedCall.Builder sides = new ComparedCall.Builder(step.path("op").asString());
      JsonNode counts = step.path("counts");
      int arrays = attributes.arrays().size();
      sides
          .put("result", step.path("ret").asLong(), 0)
          .put(
              "set_pages_array_wc",
              counts.path("set_pages_array_wc").asLong(),
              uncached ? 0 : arrays)
          .put(
              "set_pages_array_uc",
              counts.path("set_pages_array_uc").asLong(),
              uncached ? arrays : 0)
          .put(
              "set_pages_array_wb",
              counts.path("set_pages_array_wb").asLong(),
              attributes.arraysBack().size())
          .put(
              "set_pages_wb", counts.path("set_pages_wb").asLong(), attributes.chunksBack().size());
      events(recording, coverage, step, sides);
      if (recording.traces("ttm_pool_type_take")) {
        sides.put(
            "ttm_pool_type_take",
            counts.path("ttm_pool_type_take").asLong(),
            ledger.total(Event.POOL_HIT)
                + ledger.total(Event.POOL_MISS)
                + ledger.total(Event.POOL_SHRINK));
      }
      poolAfter(step, sides);
      return sides.build();
    }

    private void events(
        Recording recording, Coverage coverage, JsonNode step, ComparedCall.Builder sides) {
      long splits = GuestMemory.splits(recording, coverage, step);
      long splitsModelled = ledger.total(Event.DIRECT_MAP_SPLIT);
      for (Event event : List.of(Event.CPA_CALL, Event.UNMAP_ALIASES, Event.TLB_ROUND_RANGED)) {
        sides.put(event.key(), recording.count(coverage, step, COUNTS, event), ledger.total(event));
      }
      sides
          .put(
              "tlb_round_full",
              recording.count(coverage, step, COUNTS, Event.TLB_ROUND_FULL) - splits,
              ledger.total(Event.TLB_ROUND_FULL) - splitsModelled)
          .put(
              "ipi",
              recording.count(coverage, step, OTHER, Event.IPI) - splits * others,
              ledger.total(Event.IPI) - splitsModelled * others)
          .put(
              "clflush_line",
              recording.count(coverage, step, COUNTERS, Event.CLFLUSH_LINE),
              ledger.total(Event.CLFLUSH_LINE));
      if (recording.shows(coverage, COUNTS, Event.POOL_SHRINK)) {
        sides.put(
            "pool_shrink",
            recording.count(coverage, step, COUNTS, Event.POOL_SHRINK),
            ledger.total(Event.POOL_SHRINK));
      }
    }

    /// The chunks that debugfs lists, the pages kept and the limit; nothing where the kernel has
    /// that file elsewhere (5.10).
    private void poolAfter(JsonNode step, ComparedCall.Builder sides) {
      for (JsonNode each : step.path("page_pool_after")) {
        String line = each.asString();
        Matcher row = POOL_ROW.matcher(line);
        if (row.matches()) {
          sides.put(
              "pool." + row.group(1),
              row.group(2).trim().replaceAll("\\s+", " "),
              Arrays.stream(pool.chunks(Attribute.ofKey(row.group(1))))
                  .mapToObj(Integer::toString)
                  .collect(Collectors.joining(" ")));
        }
        Matcher total = TOTAL.matcher(line);
        if (total.matches()) {
          sides
              .put("pool.pages", total.group(1), pool.allocatedPages())
              .put("pool.limit", total.group(2), pool.limit());
        }
      }
    }
  }
}
