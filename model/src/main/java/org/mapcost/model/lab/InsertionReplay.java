package org.mapcost.model.lab;

import static org.mapcost.model.lab.Recording.Part.COUNTS;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.lab.InsertionMapping.Place;
import org.mapcost.model.pat.Memtype;
import org.mapcost.model.vma.KernelBug;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// D: one driver that maps a buffer in each possible way, and a program that reads, writes, forks,
/// asks for its pages, unmaps one page and then the rest.
///
/// All tests run on one machine, one after the other, as they did there: what a partial unmap
/// leaves in the memtype list meets the later tests. Where a mapping lay among the others of its
/// process is not recorded, and page tables that it shares are not freed: of the flushes of the two
/// unmaps those of a place that explains all of them are shown, if there is one. Fork copies pages
/// of the program's own stack, so there only memory types are compared.
final class InsertionReplay implements Replay {
  private static final Pattern MAPPED =
      Pattern.compile("map tag=\\S+ mode=\\d+ .*mmap=(?:ok|failed) errno=(\\d+).*");
  private static final Pattern TOUCHED = Pattern.compile("read touched=(\\d+) .*");

  @Override
  public List<ComparedCall> replay(Recording recording, Coverage coverage) {
    Kernel kernel = recording.kernel();
    ResourceTree tree = recording.tree();
    Supplier<InsertionGuest> guests = () -> new InsertionGuest(recording, kernel, tree);
    InsertionGuest guest = guests.get();
    List<ComparedCall> calls = new ArrayList<>();
    boolean ioremapped = false;
    for (JsonNode test : recording.need(recording.data(), "tests")) {
      if (!ioremapped && test.path("api").asString().startsWith("over_wc")) {
        guest.ioremapWc();
        ioremapped = true;
        lists("memtype list after ioremap_wc", recording, "pat_ioremap_wc", guest, calls);
      }
      new Run(recording, coverage, guest, guests, test, calls).all();
    }
    guest.iounmap();
    lists("memtype list at the end", recording, "pat_after", guest, calls);
    return calls;
  }

  private static void lists(
      String name,
      Recording recording,
      String key,
      InsertionGuest guest,
      List<ComparedCall> calls) {
    JsonNode lines = recording.data().path(key);
    if (!lines.isEmpty()) {
      calls.add(
          new ComparedCall.Builder(name)
              .put("memtypes", inWords(InsertionGuest.list(lines)), inWords(guest.list()))
              .build());
    }
  }

  private static String inWords(List<Memtype> list) {
    StringBuilder text = new StringBuilder();
    for (Memtype each : list) {
      text.append("%x-%x %s; ".formatted(each.start(), each.end(), each.type().key()));
    }
    return text.toString().trim();
  }

  /// One test.
  private static final class Run {
    private final Recording recording;
    private final Coverage coverage;
    private final InsertionGuest guest;
    private final JsonNode test;
    private final List<ComparedCall> calls;
    private final InsertionMapping mapping;

    Run(
        Recording recording,
        Coverage coverage,
        InsertionGuest guest,
        Supplier<InsertionGuest> guests,
        JsonNode test,
        List<ComparedCall> calls) {
      this.recording = recording;
      this.coverage = coverage;
      this.guest = guest;
      this.test = test;
      this.calls = calls;
      this.mapping = guest.mapping(test, placeThatExplains(guests));
    }

    void all() {
      if (mapping.isMissingFromTheImages()) {
        return;
      }
      for (JsonNode phase : recording.need(test, "phases")) {
        String name = phase.path("phase").asString();
        String step = name.endsWith("_munmap_part") ? "munmap_part" : name.replaceAll(".*_", "");
        ComparedCall.Builder sides =
            new ComparedCall.Builder(
                "%s %s %d: %s"
                    .formatted(
                        test.path("api").asString(),
                        test.path("share").asString(),
                        test.path("pages").asLong(),
                        step));
        compare(step, phase, sides);
        calls.add(sides.build());
      }
    }

    private void compare(String step, JsonNode phase, ComparedCall.Builder sides) {
      switch (step) {
        case "mmap" -> {
          Ledger ledger = mapping.mmap();
          printed(MAPPED)
              .forEach(errno ->
                  sides.put("result", errno.equals("0") ? "0" : "-" + errno, mapping.errno()));
          events(phase, ledger, false, sides);
        }
        case "read" -> read(phase, sides);
        case "write" -> {
          touch(phase, mapping.write(), sides);
          afterWrites(sides);
        }
        case "fork" -> events(phase, mapping.fork(), false, sides);
        case "munmap_part" -> unmap(phase, mapping.unmapPageOne(), sides);
        case "munmap" -> unmap(phase, mapping.unmapAll(), sides);
        default -> events(phase, new Ledger(), false, sides);
      }
    }

    private void read(JsonNode phase, ComparedCall.Builder sides) {
      if (mapping.isForcedBug()) {
        String killed =
            recording.data().path("kernel_log_of_forced_private_vmf_insert_pfn").toString();
        String modelled = "no BUG";
        try {
          mapping.read();
        } catch (KernelBug e) {
          modelled = "BUG";
        }
        sides.put("result", killed.contains("kernel BUG at") ? "BUG" : "no BUG", modelled);
        return;
      }
      touch(phase, mapping.read(), sides);
      long touched = mapping.touched();
      printed(TOUCHED).forEach(pages -> sides.put("touched", pages, touched));
    }

    private void touch(JsonNode phase, Ledger ledger, ComparedCall.Builder sides) {
      events(phase, ledger, false, sides);
      put(phase, Event.FAULT, ledger.total(Event.FAULT) - mapping.deadlyFaults(), sides);
      count(phase, Event.PAGE_COPY, ledger, sides);
    }

    /// Who gets a page of the mapping, and which types are reserved meanwhile.
    private void afterWrites(ComparedCall.Builder sides) {
      List<String> list = new ArrayList<>();
      for (JsonNode line : test.path("stdout")) {
        if (line.asString().startsWith("PAT: [mem")) {
          list.add(line.asString());
        }
      }
      if (!list.isEmpty()) {
        sides.put("memtypes", inWords(InsertionGuest.list(lines(list))), inWords(guest.list()));
      }
      GupAnswers.compare(test, mapping, sides);
    }

    private void unmap(JsonNode phase, Ledger ledger, ComparedCall.Builder sides) {
      events(phase, ledger, true, sides);
      UnmapFlushes.put(
          UnmapFlushes.recorded(recording, coverage, phase), UnmapFlushes.of(ledger), sides);
    }

    /// Memory types. In an unmap a failed or shortened reservation shows as a search or an
    /// insertion of the memtype tree that is no call of its own.
    private void events(JsonNode phase, Ledger ledger, boolean unmaps, ComparedCall.Builder sides) {
      count(phase, Event.PAT_LOOKUP, ledger, sides);
      count(phase, Event.RESOURCE_WALK, ledger, sides);
      long searches = ledger.total(Event.MEMTYPE_SEARCH);
      put(phase, Event.MEMTYPE_SEARCH, unmaps ? 0 : searches, sides);
      put(phase, Event.MEMTYPE_INSERT, unmaps ? 0 : ledger.total(Event.MEMTYPE_INSERT), sides);
      put(
          phase,
          Event.MEMTYPE_REMOVE,
          ledger.total(Event.MEMTYPE_REMOVE) + (unmaps ? searches : 0),
          sides);
    }

    private void count(JsonNode phase, Event event, Ledger ledger, ComparedCall.Builder sides) {
      put(phase, event, ledger.total(event), sides);
    }

    private void put(JsonNode phase, Event event, long modelled, ComparedCall.Builder sides) {
      if (recording.shows(coverage, COUNTS, event)) {
        sides.put(event.key(), recording.count(coverage, phase, COUNTS, event), modelled);
      }
    }

    private Stream<String> printed(Pattern pattern) {
      return test.path("stdout")
          .valueStream()
          .map(line -> pattern.matcher(line.asString()))
          .filter(Matcher::matches)
          .map(matcher -> matcher.group(1));
    }

    private Place placeThatExplains(Supplier<InsertionGuest> guests) {
      List<UnmapFlushes> recorded = new ArrayList<>();
      for (JsonNode phase : recording.need(test, "phases")) {
        if (phase.path("phase").asString().matches(".*_munmap(_part)?")) {
          recorded.add(UnmapFlushes.recorded(recording, coverage, phase));
        }
      }
      return UnmapFlushes.placeThatExplains(
              test.path("pages").asLong(), recorded, place -> guests.get().mapping(test, place))
          .orElse(Place.ALONE);
    }
  }

  private static JsonNode lines(List<String> text) {
    return JsonMapper.shared().valueToTree(text);
  }
}
