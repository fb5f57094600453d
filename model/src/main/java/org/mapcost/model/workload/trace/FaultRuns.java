package org.mapcost.model.workload.trace;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The page faults of programs, put together to stretches of memory that a thread went through: a
/// fault at most sixteen pages behind the thread's last one belongs to the same stretch.
///
/// In constant memory: the threads that faulted last are remembered, and the programs that came
/// first told apart.
final class FaultRuns {
  private static final long GAP = 16;
  private static final int THREADS = 1024;
  private static final int PROGRAMS = 12;

  /// How the programs are called that are not told apart.
  static final String OTHERS = "others";

  /// One program's stretches.
  static final class Program {
    final Sizes sizes = new Sizes();
    private long faults;

    /// The share of the pages in stretches that were faulted on, 0 to 1.
    double touched() {
      return Math.min(1, faults / Math.max(1, sizes.pages()));
    }

    long faults() {
      return faults;
    }
  }

  private static final class Stretch {
    final Program of;
    final long first;
    long last;

    Stretch(Program of, long page) {
      this.of = of;
      this.first = page;
      this.last = page;
    }
  }

  private final Map<String, Program> programs = new TreeMap<>();
  private final LinkedHashMap<Long, Stretch> open = new LinkedHashMap<>(16, 0.75f, true);

  void add(TraceEvent.PageFault fault) {
    String name = name(fault.origin().comm());
    boolean known = programs.containsKey(name) || programs.size() < PROGRAMS;
    Program program = programs.computeIfAbsent(known ? name : OTHERS, each -> new Program());
    program.faults++;
    long page = fault.address() >>> 12;
    long thread = fault.origin().pid();
    @Nullable Stretch stretch = open.get(thread);
    if (stretch != null
        && stretch.of == program
        && page >= stretch.last
        && page <= stretch.last + GAP) {
      stretch.last = page;
      return;
    }
    if (stretch != null) {
      close(stretch);
    }
    open.put(thread, new Stretch(program, page));
    if (open.size() > THREADS) {
      Iterator<Stretch> oldest = open.values().iterator();
      close(oldest.next());
      oldest.remove();
    }
  }

  private static void close(Stretch stretch) {
    stretch.of.sizes.add(stretch.last - stretch.first + 1);
  }

  /// The programs by name, every stretch closed.
  Map<String, Program> programs() {
    open.values().forEach(FaultRuns::close);
    open.clear();
    return programs;
  }

  /// A thread's name as clients may be called.
  private static String name(String comm) {
    String name = comm.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+|-+$", "");
    return name.isEmpty() ? "unnamed" : name;
  }
}
