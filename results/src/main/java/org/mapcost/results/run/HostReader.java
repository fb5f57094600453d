package org.mapcost.results.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads an [Environment] from `/proc` and `/sys`, and from `lscpu` what those do not name. A file
/// that is missing, unreadable or not of the expected form leaves its field absent; nothing here
/// fails.
public final class HostReader {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([KMG]?)");
  private static final Pattern NODE_DIRECTORY = Pattern.compile("node(\\d{1,4})");
  private static final Pattern NODE_MEMORY = Pattern.compile("MemTotal:\\s+(\\d{1,15}) kB");
  private static final Pattern CPU_DIRECTORY = Pattern.compile("cpu\\d+");

  private final Path root;
  private final Supplier<Lscpu> lscpu;

  HostReader(Path root, Supplier<Lscpu> lscpu) {
    this.root = root;
    this.lscpu = lscpu;
  }

  /// The host that this program runs on.
  public static HostReader here() {
    return new HostReader(Path.of("/"), Lscpu::here);
  }

  /// Reads the host.
  ///
  /// @param forkFlags the flags of the JVMs that measure
  public Environment read(Build mapcost, List<String> forkFlags) {
    Map<String, String> cpuinfo = keyed("proc/cpuinfo");
    OptionalLong stolen = stolenTicks();
    Lscpu answer = lscpu.get();
    return new Environment(
        Environment.SCHEMA,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        System.getProperty("os.name", "unknown"),
        System.getProperty("os.arch", "unknown"),
        cpu(cpuinfo, answer),
        caches(),
        memory(),
        hypervisor(cpuinfo, answer),
        new Environment.Kernel(
            text("proc/sys/kernel/osrelease").orElse(null),
            text("proc/cmdline").map(KernelCommandLine::withoutPrivateParts).orElse(null)),
        mitigations(),
        text("sys/kernel/mm/transparent_hugepage/enabled")
            .flatMap(HostReader::selected)
            .orElse(null),
        text("proc/sys/kernel/randomize_va_space").flatMap(HostReader::integer).orElse(null),
        text("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor").orElse(null),
        text("sys/devices/system/clocksource/clocksource0/current_clocksource").orElse(null),
        loadAverage().orElse(null),
        stolen.isPresent() ? new Environment.Steal(stolen.getAsLong(), null) : null,
        new Environment.Jvm(
            System.getProperty("java.vm.name", "unknown"),
            System.getProperty("java.vendor", "unknown"),
            System.getProperty("java.vm.version", "unknown"),
            List.copyOf(forkFlags)),
        mapcost,
        numa(),
        null);
  }

  /// Runnable tasks over 1, 5 and 15 minutes.
  Optional<List<Double>> loadAverage() {
    return text("proc/loadavg").flatMap(HostReader::threeNumbers);
  }

  private @Nullable List<Environment.NumaNode> numa() {
    List<Environment.NumaNode> nodes = new ArrayList<>();
    for (Path each : children("sys/devices/system/node")) {
      Matcher node = NODE_DIRECTORY.matcher(each.getFileName().toString());
      Optional<String> cpus = text(root.relativize(each) + "/cpulist");
      if (node.matches() && cpus.isPresent()) {
        Matcher total = NODE_MEMORY.matcher(text(root.relativize(each) + "/meminfo").orElse(""));
        Long bytes = total.find() ? (Long) (Long.parseLong(total.group(1)) * 1024) : null;
        nodes.add(new Environment.NumaNode(Integer.parseInt(node.group(1)), cpus.get(), bytes));
      }
    }
    nodes.sort(Comparator.comparingInt(Environment.NumaNode::node));
    return nodes.isEmpty() ? null : List.copyOf(nodes);
  }

  /// The host's own name, `host` where it does not say.
  String hostName() {
    return text("proc/sys/kernel/hostname").orElse("host");
  }

  /// Ticks stolen since boot, over all CPUs: the eighth number of the first line of `/proc/stat`.
  OptionalLong stolenTicks() {
    String[] ticks = text("proc/stat").orElse("").lines().findFirst().orElse("").split("\\s+");
    boolean shown = ticks.length > 8 && ticks[0].equals("cpu") && ticks[8].matches("\\d{1,18}");
    return shown ? OptionalLong.of(Long.parseLong(ticks[8])) : OptionalLong.empty();
  }

  private Environment.Cpu cpu(Map<String, String> cpuinfo, Lscpu answer) {
    Set<String> sockets = new HashSet<>();
    Set<String> cores = new HashSet<>();
    int threads = 0;
    for (Path each : children("sys/devices/system/cpu")) {
      if (!CPU_DIRECTORY.matcher(each.getFileName().toString()).matches()) {
        continue;
      }
      String topology = root.relativize(each) + "/topology/";
      Optional<String> socket = text(topology + "physical_package_id");
      Optional<String> core = text(topology + "core_id");
      if (socket.isPresent() && core.isPresent()) {
        sockets.add(socket.get());
        cores.add(socket.get() + "/" + core.get());
        threads++;
      }
    }
    boolean known = threads > 0;
    return new Environment.Cpu(
        Optional.ofNullable(cpuinfo.get("model name"))
            .or(() -> answer.field("Model name"))
            .orElse(null),
        known ? threads : Runtime.getRuntime().availableProcessors(),
        known ? sockets.size() : null,
        known ? cores.size() : null,
        known ? threads / cores.size() : null,
        cpuinfo.get("microcode"));
  }

  private List<Environment.Cache> caches() {
    List<Environment.Cache> caches = new ArrayList<>();
    for (Path each : children("sys/devices/system/cpu/cpu0/cache")) {
      String index = root.relativize(each) + "/";
      Optional<Integer> level = text(index + "level").flatMap(HostReader::integer);
      Optional<Long> size = text(index + "size").flatMap(HostReader::bytes);
      Optional<String> type = text(index + "type");
      if (level.isPresent() && size.isPresent() && type.isPresent()) {
        caches.add(
            new Environment.Cache(
                level.get(), type.get(), size.get(), text(index + "shared_cpu_list").orElse(null)));
      }
    }
    caches.sort(
        Comparator.comparingInt(Environment.Cache::level).thenComparing(Environment.Cache::type));
    return List.copyOf(caches);
  }

  private @Nullable Long memory() {
    String total = keyed("proc/meminfo").getOrDefault("MemTotal", "");
    return total.matches("\\d{1,15} kB")
        ? Long.parseLong(total.substring(0, total.indexOf(' '))) * 1024
        : null;
  }

  private Environment.@Nullable Hypervisor hypervisor(Map<String, String> cpuinfo, Lscpu answer) {
    String flags = cpuinfo.get("flags");
    String vendor = text("sys/class/dmi/id/sys_vendor").orElse(null);
    String product = text("sys/class/dmi/id/product_name").orElse(null);
    if (flags == null) {
      return null;
    }
    boolean virtual = Arrays.asList(flags.split(" ")).contains("hypervisor");
    String name = answer.field("Hypervisor vendor").orElse(null);
    return new Environment.Hypervisor(virtual, vendor, product, name);
  }

  private Map<String, String> mitigations() {
    Map<String, String> mitigations = new TreeMap<>();
    for (Path each : children("sys/devices/system/cpu/vulnerabilities")) {
      text(root.relativize(each).toString())
          .ifPresent(answer -> mitigations.put(each.getFileName().toString(), answer));
    }
    return mitigations;
  }

  /// The first `key: value` of each key.
  private Map<String, String> keyed(String file) {
    Map<String, String> values = new TreeMap<>();
    text(file)
        .orElse("")
        .lines()
        .forEach(line -> {
          int colon = line.indexOf(':');
          if (colon > 0) {
            values.putIfAbsent(line.substring(0, colon).trim(), line.substring(colon + 1).trim());
          }
        });
    return values;
  }

  private Optional<String> text(String file) {
    try {
      String text = Files.readString(root.resolve(file), StandardCharsets.ISO_8859_1).trim();
      return Optional.of(text).filter(each -> !each.isEmpty());
    } catch (IOException | SecurityException e) {
      return Optional.empty();
    }
  }

  private List<Path> children(String directory) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(root.resolve(directory))) {
      stream.forEach(children::add);
    } catch (IOException | SecurityException e) {
      return List.of();
    }
    return children;
  }

  /// `always [madvise] never`: the one in brackets.
  private static Optional<String> selected(String choices) {
    Matcher bracket = Pattern.compile("\\[(\\S+)]").matcher(choices);
    return bracket.find() ? Optional.of(bracket.group(1)) : Optional.empty();
  }

  private static Optional<Integer> integer(String text) {
    return text.matches("\\d{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }

  /// The kernel's `32K`.
  private static Optional<Long> bytes(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return Optional.empty();
    }
    int shift = 10 * " KMG".indexOf(size.group(2).isEmpty() ? " " : size.group(2));
    return Optional.of(Long.parseLong(size.group(1)) << shift);
  }

  private static Optional<List<Double>> threeNumbers(String loadavg) {
    String[] words = loadavg.split(" ");
    boolean numbers =
        words.length >= 3 && Arrays.stream(words).limit(3).allMatch(w -> w.matches("\\d+\\.\\d+"));
    return numbers
        ? Optional.of(Arrays.stream(words).limit(3).map(Double::valueOf).toList())
        : Optional.empty();
  }
}
