package org.mapcost.benchmarks.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mapcost.benchmarks.linux.Cpus;

/// Which CPU measures and which are its peers: one hardware thread of each core first, so that no
/// peer shares a core with the caller as long as there are other cores.
///
/// @param caller the CPU of the measuring thread
/// @param peers the others that this process may run on, in the order in which they are used
public record Placement(int caller, List<Integer> peers) {
  private static final Path CPUS = Path.of("/sys/devices/system/cpu");

  public Placement {
    peers = List.copyOf(peers);
  }

  /// Over the CPUs that the calling thread may run on.
  public static Placement here() {
    return over(Cpus.allowed(), CPUS);
  }

  static Placement over(List<Integer> allowed, Path cpus) {
    Map<String, List<Integer>> cores = new LinkedHashMap<>();
    for (int cpu : allowed) {
      cores.computeIfAbsent(siblings(cpus, cpu), any -> new ArrayList<>()).add(cpu);
    }
    List<Integer> order = new ArrayList<>();
    for (int turn = 0; order.size() < allowed.size(); turn++) {
      for (List<Integer> core : cores.values()) {
        if (turn < core.size()) {
          order.add(core.get(turn));
        }
      }
    }
    return new Placement(order.getFirst(), order.subList(1, order.size()));
  }

  /// The hardware threads of a CPU's core, as the kernel writes them; the CPU itself where it does
  /// not say.
  private static String siblings(Path cpus, int cpu) {
    try {
      return Files.readString(cpus.resolve("cpu" + cpu + "/topology/thread_siblings_list")).strip();
    } catch (IOException e) {
      return String.valueOf(cpu);
    }
  }
}
