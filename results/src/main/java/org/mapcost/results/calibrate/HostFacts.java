package org.mapcost.results.calibrate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What the host says of itself and nobody has to measure.
///
/// @param vendor `GenuineIntel` or `AuthenticAMD`
/// @param family of the CPU
/// @param model of the CPU
/// @param name as it is sold
/// @param flags of `/proc/cpuinfo`
/// @param cpus logical ones that are online
/// @param sockets of them
/// @param cores of all sockets together
/// @param llcs last-level caches of all sockets together
/// @param l1d bytes of CPU 0's first-level data cache
/// @param l2 bytes of its second level
/// @param llc bytes of its last level
/// @param meltdown the kernel's answer to that vulnerability
/// @param kernel its release
record HostFacts(
    String vendor,
    int family,
    int model,
    String name,
    Set<String> flags,
    int cpus,
    int sockets,
    int cores,
    int llcs,
    long l1d,
    long l2,
    long llc,
    String meltdown,
    String kernel) {
  private static final long KIB = 1024;

  HostFacts {
    flags = Set.copyOf(flags);
  }

  static HostFacts here() {
    return of(Path.of("/"));
  }

  static HostFacts of(Path root) {
    Map<String, String> cpuinfo = cpuinfo(root);
    Set<String> packages = new HashSet<>();
    Set<String> cores = new HashSet<>();
    Set<String> llcs = new HashSet<>();
    int cpus = 0;
    for (Path cpu : cpus(root)) {
      Optional<String> socket = text(cpu.resolve("topology/physical_package_id"));
      if (socket.isEmpty()) {
        continue; // Offline.
      }
      cpus++;
      packages.add(socket.get());
      cores.add(socket.get() + "/" + text(cpu.resolve("topology/core_id")).orElse("" + cpus));
      llcs.add(socket.get() + "/" + cache(cpu, 3, "shared_cpu_list").orElse(""));
    }
    Path first = root.resolve("sys/devices/system/cpu/cpu0");
    int known = Math.max(1, cpus);
    return new HostFacts(
        cpuinfo.getOrDefault("vendor_id", "unknown"),
        number(cpuinfo.get("cpu family")),
        number(cpuinfo.get("model")),
        cpuinfo.getOrDefault("model name", "an unknown CPU"),
        Set.copyOf(new HashSet<>(Arrays.asList(cpuinfo.getOrDefault("flags", "").split(" ")))),
        known,
        Math.max(1, packages.size()),
        Math.max(1, cores.size()),
        Math.max(1, llcs.size()),
        bytes(first, 1),
        bytes(first, 2),
        bytes(first, 3),
        text(root.resolve("sys/devices/system/cpu/vulnerabilities/meltdown")).orElse(""),
        text(root.resolve("proc/sys/kernel/osrelease")).orElse("unknown"));
  }

  boolean virtual() {
    return flags.contains("hypervisor");
  }

  boolean pti() {
    return meltdown.contains("PTI");
  }

  /// `6.18` of `6.18.44-fc-v657`.
  String kernelSeries() {
    String[] parts = kernel.split("[.-]", 3);
    return parts.length < 2 ? kernel : parts[0] + "." + parts[1];
  }

  /// What the machine file says it stands for.
  String inWords() {
    return "%s, %d CPUs%s, kernel %s"
        .formatted(name, cpus, virtual() ? " of a virtual machine" : "", kernel);
  }

  private static List<Path> cpus(Path root) {
    try (Stream<Path> all = Files.list(root.resolve("sys/devices/system/cpu"))) {
      return all.filter(each -> each.getFileName().toString().matches("cpu\\d+")).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Map<String, String> cpuinfo(Path root) {
    Map<String, String> values = new TreeMap<>();
    text(root.resolve("proc/cpuinfo"))
        .orElse("")
        .lines()
        .forEach(line -> {
          int colon = line.indexOf(':');
          if (colon > 0) {
            values.putIfAbsent(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
          }
        });
    return values;
  }

  /// A field of the data or unified cache of a level.
  private static Optional<String> cache(Path cpu, int level, String field) {
    for (int index = 0; index < 6; index++) {
      Path cache = cpu.resolve("cache/index" + index);
      if (text(cache.resolve("level")).equals(Optional.of(String.valueOf(level)))
          && !text(cache.resolve("type")).equals(Optional.of("Instruction"))) {
        return text(cache.resolve(field));
      }
    }
    return Optional.empty();
  }

  private static long bytes(Path cpu, int level) {
    String size = cache(cpu, level, "size").orElse("");
    return size.matches("\\d{1,9}K") ? KIB * number(size.substring(0, size.length() - 1)) : 0;
  }

  private static int number(@org.jspecify.annotations.Nullable String text) {
    return text != null && text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1).strip())
          .filter(each -> !each.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
