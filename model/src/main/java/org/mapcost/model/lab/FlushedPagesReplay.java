package org.mapcost.model.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.pageattr.Attribute;
import tools.jackson.databind.JsonNode;

/// C, the addresses: on every CPU, how many pages an attribute change flushed one by one, and that
/// each page of the array was flushed once a pass and no other.
///
/// Addresses of vmalloc space, which the purge of lazily freed areas flushes on the way, are left
/// out: they are those of the recorded `flush_tlb_kernel_range` calls.
final class FlushedPagesReplay implements Replay {
  private static final Pattern NAME =
      Pattern.compile("(one_per_2M|order0|contig)_(\\d+)_(wc|uc|wb)");

  @Override
  public List<ComparedCall> replay(Recording recording, Coverage coverage) {
    GuestMemory memory = new GuestMemory(recording);
    RamBlocks blocks = new RamBlocks(recording.file(), memory.tree());
    JsonNode ops = recording.need(recording.data(), "ops");
    Map<String, Set<Long>> purged = purged(ops);
    Map<String, long[]> arrays = new HashMap<>();
    Map<String, Ledger> ledgers = new HashMap<>();
    List<ComparedCall> calls = new ArrayList<>();
    for (JsonNode op : ops) {
      if (!op.path("function").asString().equals("flush_tlb_one_kernel")) {
        continue;
      }
      String name = op.path("op").asString();
      Ledger ledger =
          ledgers.computeIfAbsent(name, each -> change(recording, memory, blocks, arrays, each));
      List<Long> flushed = new ArrayList<>();
      for (JsonNode address : op.path("addresses")) {
        long page = address(address.asString());
        if (!purged.getOrDefault(name, Set.of()).contains(page)) {
          flushed.add(page);
        }
      }
      long passes = ledger.total(Event.CPA_CALL);
      calls.add(
          new ComparedCall.Builder("%s on CPU %d".formatted(name, op.path("cpu").asInt()))
              .put(
                  Event.TLB_INVALIDATE_PAGE.key(),
                  flushed.size(),
                  ledger.total(Event.TLB_INVALIDATE_PAGE) / recording.cpus())
              .put(
                  "distinct pages",
                  new HashSet<>(flushed).size(),
                  ledger.total(Event.TLB_INVALIDATE_PAGE) / recording.cpus() / Math.max(1, passes))
              .build());
    }
    return calls;
  }

  private static Map<String, Set<Long>> purged(JsonNode ops) {
    Map<String, Set<Long>> purged = new HashMap<>();
    for (JsonNode op : ops) {
      if (op.path("function").asString().equals("flush_tlb_kernel_range")) {
        Set<Long> pages = purged.computeIfAbsent(op.path("op").asString(), each -> new HashSet<>());
        for (JsonNode range : op.path("addresses")) {
          long end = address(range.path(1).asString());
          for (long page = address(range.path(0).asString());
              Long.compareUnsigned(page, end) < 0;
              page += 4096) {
            pages.add(page);
          }
        }
      }
    }
    return purged;
  }

  private static long address(String text) {
    return Long.parseUnsignedLong(text.replaceFirst("^0x", ""), 16) & -4096L;
  }

  /// The change itself: of fresh pages, or back of those that the change before left.
  private static Ledger change(
      Recording recording,
      GuestMemory memory,
      RamBlocks blocks,
      Map<String, long[]> arrays,
      String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new InputException(
          recording.file() + ": '" + name + "' is no change such as one_per_2M_33_wc.");
    }
    int pages = Integer.parseInt(matcher.group(2));
    boolean apart = matcher.group(1).equals("one_per_2M");
    long[] array =
        arrays.computeIfAbsent(
            matcher.group(1) + pages,
            each ->
                blocks
                    .take(apart ? pages : (pages + RamBlocks.PAGES - 1) / RamBlocks.PAGES)
                    .filter(pfn -> !apart || pfn % RamBlocks.PAGES == 7)
                    .limit(pages)
                    .toArray());
    Ledger ledger = new Ledger();
    memory.attributes().setPagesArray(Attribute.ofKey(matcher.group(3)), array, ledger);
    return ledger;
  }
}
