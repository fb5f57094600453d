package org.mapcost.model.lab;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Event;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import tools.jackson.databind.JsonNode;

/// One file of recordings (schema `lab/1`): what one kernel did in one scenario.
///
/// @param file its name, for messages
/// @param root the whole file
public record Recording(String file, JsonNode root) {
  /// Where the version stands: behind a package's name, behind "Debian", or as the release, in
  /// which `6.1.0-50` is the name of an interface and no version.
  private static final Map<String, Pattern> VERSIONS =
      Map.of(
          "/package", Pattern.compile("^\\S+ (\\d+\\.\\d+\\.\\d+)"),
          "/guest/uname", Pattern.compile("Debian (\\d+\\.\\d+\\.\\d+)"),
          "/release", Pattern.compile("^(\\d+\\.\\d+\\.[1-9]\\d*)"));

  /// The end of a scenario's name.
  private static final Pattern CPUS = Pattern.compile("-smp\\d+$");

  /// Which part of a recorded call a count stands in.
  public enum Part {
    /// `counts`: calls by the task that made the call.
    COUNTS("counts"),
    /// `other_cpus_and_tasks`: calls on the other CPUs.
    OTHER("other_cpus_and_tasks"),
    /// `counters`: probes, /proc/vmstat and /proc/meminfo.
    COUNTERS("counters");

    private final String key;

    Part(String key) {
      this.key = key;
    }

    /// The name in the file.
    public String key() {
      return key;
    }

    static Part ofKey(String key) {
      for (Part each : values()) {
        if (each.key.equals(key)) {
          return each;
        }
      }
      throw new IllegalArgumentException("no part of a recorded call: " + key);
    }
  }

  /// `B-resource-walk`, `C-cpa-smp2`, ...
  public String scenario() {
    return text("scenario");
  }

  /// The scenario without the number of CPUs: `C-cpa`.
  public String family() {
    return CPUS.matcher(scenario()).replaceFirst("");
  }

  /// The kernel as the file calls it: `6.1`, `6.12.43`.
  public String kernelName() {
    return text("kernel");
  }

  /// The point release behind the name, as the package or the guest says; the name itself where
  /// none does.
  public String pointRelease() {
    for (String place : List.of("/package", "/guest/uname", "/release")) {
      Matcher version =
          Objects.requireNonNull(VERSIONS.get(place)).matcher(root.at(place).asString(""));
      if (version.find()) {
        return version.group(1);
      }
    }
    return kernelName();
  }

  /// The kernel to follow. Throws `InputException` for one that mapcost does not know.
  public Kernel kernel() {
    return Kernels.named(pointRelease());
  }

  /// CPUs of the guest.
  public int cpus() {
    int cpus = root.path("smp").asInt(0);
    if (cpus < 1) {
      throw new InputException(file + ": 'smp' is no number of CPUs; record the file again.");
    }
    return cpus;
  }

  /// What was recorded.
  public JsonNode data() {
    return need(root, "data");
  }

  /// The guest's resource tree when its driver was loaded.
  public ResourceTree tree() {
    JsonNode end = root.at("/guest/iomem_end");
    return treeOf(file, end.isEmpty() ? need(need(root, "guest"), "iomem_boot") : end);
  }

  static ResourceTree treeOf(String name, JsonNode lines) {
    StringBuilder iomem = new StringBuilder();
    lines.forEach(line -> iomem.append(line.asString()).append('\n'));
    return ProcIomem.parse(name, iomem.toString()).tree();
  }

  /// How often an event occurred in a part of a recorded call, by the keys that the table counts it
  /// by.
  long count(Coverage coverage, JsonNode call, Part part, Event event) {
    long sum = 0;
    for (var entry : call.path(part.key()).properties()) {
      if (coverage.counts(family(), part, entry.getKey(), event)) {
        sum += entry.getValue().asLong();
      }
    }
    return sum;
  }

  /// Whether this kernel lets an event be seen in a part: not where each of its keys was compiled
  /// into its callers.
  boolean shows(Coverage coverage, Part part, Event event) {
    return coverage.keysOf(family(), part, event).stream().anyMatch(this::traces);
  }

  /// Whether calls of a function could be seen: it was not compiled into its callers.
  boolean traces(String function) {
    return data()
        .path("not_traceable")
        .valueStream()
        .noneMatch(name -> name.asString().equals(function));
  }

  private String text(String key) {
    return need(root, key).asString();
  }

  /// A member that the schema promises.
  JsonNode need(JsonNode node, String key) {
    JsonNode value = node.get(key);
    if (value == null) {
      throw new InputException(
          file + ": has no '" + key + "' where schema lab/1 has one; record the file again.");
    }
    return value;
  }
}
