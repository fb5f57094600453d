package org.mapcost.model.workload.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What became of every line of a trace.
///
/// @param file as the user named it
/// @param lines how many there were
/// @param known events that mean something here, by what they are
/// @param unknown other events, by name
/// @param damagedLines lines that could not be read
/// @param damaged the numbers of the first of them, from 1
/// @param lost events that the recorder says it lost
/// @param lostPlaces at how many places
/// @param outOfOrder events that were recorded behind later ones
/// @param truncated whether the last line was cut off
/// @param highestCpu the highest CPU number of a known event; -1 without one
/// @param length nanoseconds from the first event to the last
public record TraceAccount(
    String file,
    long lines,
    Map<String, Long> known,
    Map<String, Long> unknown,
    long damagedLines,
    List<Long> damaged,
    long lost,
    long lostPlaces,
    long outOfOrder,
    boolean truncated,
    int highestCpu,
    double length) {
  public TraceAccount {
    known = Collections.unmodifiableMap(new TreeMap<>(known));
    unknown = Collections.unmodifiableMap(new TreeMap<>(unknown));
    damaged = List.copyOf(damaged);
  }

  /// How flushes are called that happened for a reason.
  public static String flushes(TraceEvent.Reason reason) {
    return "tlb_flush (" + reason.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
  }

  /// How many flushes happened for a reason.
  public long count(TraceEvent.Reason reason) {
    return count(flushes(reason));
  }

  /// How many events of a kind there were.
  public long count(String name) {
    return known.getOrDefault(name, 0L);
  }

  /// The account in sentences, each a line: what was used, and what was not and why.
  public List<String> sentences() {
    List<String> all = new ArrayList<>();
    all.add(
        "%s: %d lines, %d events used%s."
            .formatted(file, lines, sum(known), known.isEmpty() ? "" : " (" + list(known) + ")"));
    if (!unknown.isEmpty()) {
      all.add(
          "%d events mean nothing here and were passed over: %s."
              .formatted(sum(unknown), list(unknown)));
    }
    if (damagedLines > 0) {
      all.add(
          "%d damaged line%s passed over: %s%s."
              .formatted(
                  damagedLines,
                  damagedLines == 1 ? " was" : "s were",
                  damaged.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                  damagedLines > damaged.size() ? ", ..." : ""));
    }
    if (truncated) {
      all.add("The last line has no end and is taken to be cut off; the trace was used up to it.");
    }
    if (lostPlaces > 0) {
      all.add(
          "The recorder lost events at %d place%s%s: counts are too low there."
              .formatted(
                  lostPlaces,
                  lostPlaces == 1 ? "" : "s",
                  lost > 0 ? ", " + lost + " of them" : ""));
    }
    if (outOfOrder > 0) {
      all.add(
          "%d events stand behind later ones and were taken to happen with those."
              .formatted(outOfOrder));
    }
    return all;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String list(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(each -> each.getValue() + " " + each.getKey())
        .collect(Collectors.joining(", "));
  }
}
