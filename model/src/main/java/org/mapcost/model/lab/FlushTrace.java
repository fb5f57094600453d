package org.mapcost.model.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What the trace point of flushes saw, CPU by CPU. The operating task runs on CPU 0.
record FlushTrace(List<Flush> all) {
  static final String LOCAL = "local mm shootdown";
  static final String REMOTE = "remote shootdown";

  /// A CPU that held the address space lazily and lets go of it.
  static final String LET_GO = "flush on task switch";

  private static final Pattern FLUSHED =
      Pattern.compile("cpu(\\d+) pages:(-?\\d+) reason:(.*) \\(\\d+\\)");

  FlushTrace {
    all = List.copyOf(all);
  }

  /// Flushes of one kind on one CPU.
  ///
  /// @param pages -1 for everything
  record Flush(int cpu, long pages, String reason, long times) {}

  static FlushTrace of(JsonNode test) {
    List<Flush> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : test.path("tlb_flush_events").properties()) {
      Matcher matcher = FLUSHED.matcher(each.getKey());
      if (matcher.matches()) {
        all.add(
            new Flush(
                Integer.parseInt(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                matcher.group(3),
                each.getValue().asLong()));
      }
    }
    return new FlushTrace(all);
  }

  private Stream<Flush> onOthers(String reason) {
    return all.stream().filter(each -> each.cpu != 0 && each.reason.equals(reason));
  }

  int count(String reason) {
    return (int) onOthers(reason).mapToLong(Flush::times).sum();
  }

  long pages(String reason) {
    return onOthers(reason)
        .filter(each -> each.pages > 0)
        .mapToLong(each -> each.pages * each.times)
        .sum();
  }

  long full(String reason) {
    return onOthers(reason).filter(each -> each.pages < 0).mapToLong(Flush::times).sum();
  }

  /// The pieces of a range of pages, by what the caller itself flushed: a full flush has the pages
  /// that the others leave.
  List<Long> pieces(long pages) {
    List<Long> pieces = new ArrayList<>();
    long left = pages;
    int full = 0;
    for (Flush each : all) {
      if (each.cpu == 0 && each.reason.equals(LOCAL)) {
        for (int i = 0; i < each.times; i++) {
          if (each.pages > 0 && each.pages < left) {
            pieces.add(each.pages);
            left -= each.pages;
          } else {
            full++;
          }
        }
      }
    }
    if (full > 0 && left > 0) {
      pieces.addFirst(left);
    }
    return pieces.isEmpty() ? List.of(pages) : pieces;
  }
}
