package org.mapcost.results.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.results.run.Environment;
import org.mapcost.results.run.Manifest;
import org.mapcost.results.run.Measurement;
import org.mapcost.results.run.ResultFile;

/// What differs between the places where two results were measured. Each of these can move a time
/// by itself, so that a comparison across one says nothing about the code.
///
/// @param differences what differs
/// @param notes what is not known
public record Fence(List<Difference> differences, List<String> notes) {
  private static final int LONGEST = 60;

  /// One difference.
  ///
  /// @param what such as `kernel release`
  /// @param results how many pairs of results it concerns; 0: the hosts themselves
  public record Difference(String what, String a, String b, int results) {
    @Override
    public String toString() {
      String of = results == 0 ? "" : " (" + results + " results)";
      return what + ": " + brief(a) + " against " + brief(b) + of;
    }
  }

  public Fence {
    differences = List.copyOf(differences);
    notes = List.copyOf(notes);
  }

  static Fence between(ResultFile a, ResultFile b, List<Measurement[]> pairs) {
    List<Difference> differences = new ArrayList<>(setups(pairs));
    List<String> notes = new ArrayList<>();
    if (a.environment().isPresent() && b.environment().isPresent()) {
      differences.addAll(hosts(a.environment().get(), b.environment().get()));
    } else if (a.environment().isPresent() || b.environment().isPresent()) {
      notes.add(
          (a.environment().isPresent() ? "B" : "A")
              + " does not say which host measured; only the JVM and the settings were compared");
    } else {
      notes.add(
          "neither side says which host measured; only the JVM and the settings were compared");
    }
    a.manifest().ifPresent(run -> shortfalls("A", run, notes));
    b.manifest().ifPresent(run -> shortfalls("B", run, notes));
    return new Fence(differences, notes);
  }

  /// What a run was asked for and did not measure.
  private static void shortfalls(String side, Manifest run, List<String> notes) {
    run.points(Manifest.State.FAILED)
        .forEach(
            each -> notes.add(side + ": " + each.point().label() + " failed: " + each.error()));
    int lacking = run.points(Manifest.State.PLANNED).size();
    if (lacking > 0) {
      notes.add(
          side
              + " is incomplete: "
              + lacking
              + " of "
              + run.points().size()
              + " benchmarks lack forks");
    }
  }

  /// What differs between two hosts, or between one host at two times.
  public static List<Difference> hosts(Environment a, Environment b) {
    List<Difference> differences = new ArrayList<>();
    Map<String, String> against = facts(b);
    facts(a)
        .forEach((what, value) -> {
          String other = against.get(what);
          if (other != null && !other.equals(value)) {
            differences.add(new Difference(what, value, other, 0));
          }
        });
    return differences;
  }

  /// @throws InputException if there is a difference; it names all of them
  void refuse() {
    if (!differences.isEmpty()) {
      throw new InputException(
          "the two were measured under different conditions, so their difference would say nothing"
              + " about the code: "
              + String.join("; ", differences.stream().map(Difference::toString).toList())
              + ". Measure both alike, or compare nevertheless with --anyway.");
    }
  }

  private static List<Difference> setups(List<Measurement[]> pairs) {
    Map<List<String>, Integer> counts = new LinkedHashMap<>();
    for (Measurement[] pair : pairs) {
      Map<String, String> of = pair[0].setup().values();
      Map<String, String> against = pair[1].setup().values();
      if (!of.equals(against)) {
        for (String key : new TreeSet<>(of.keySet())) {
          String other = against.get(key);
          if (other != null && !other.equals(of.get(key))) {
            counts.merge(List.of(key, Objects.requireNonNull(of.get(key)), other), 1, Integer::sum);
          }
        }
      }
    }
    return counts.entrySet().stream()
        .map(each ->
            new Difference(
                each.getKey().get(0), each.getKey().get(1), each.getKey().get(2), each.getValue()))
        .toList();
  }

  /// What is known of a host, by name. Load, steal, the time and mapcost's own version are no part
  /// of it: they belong to the run.
  private static Map<String, String> facts(Environment host) {
    Map<String, String> facts = new TreeMap<>();
    put(facts, "CPU", host.cpu().model());
    put(facts, "logical CPUs", host.cpu().logical());
    put(facts, "threads per core", host.cpu().threadsPerCore());
    put(facts, "microcode", host.cpu().microcode());
    put(facts, "caches", host.caches().toString());
    put(facts, "hypervisor", host.hypervisor());
    put(facts, "memory nodes", host.numa() == null ? null : host.numa().size());
    put(facts, "architecture", host.arch());
    put(facts, "kernel release", host.kernel().release());
    put(facts, "kernel command line", host.kernel().commandLine());
    host.mitigations().forEach((name, state) -> put(facts, "mitigation " + name, state));
    put(facts, "transparent huge pages", host.transparentHugePages());
    put(facts, "address space randomization", host.aslr());
    put(facts, "frequency governor", host.governor());
    put(facts, "clock source", host.clockSource());
    put(facts, "JVM", host.jvm().name() + " " + host.jvm().version());
    put(facts, "JVM flags", host.jvm().flags().toString());
    return facts;
  }

  private static void put(Map<String, String> facts, String name, @Nullable Object value) {
    if (value != null) {
      facts.put(name, value.toString());
    }
  }

  private static String brief(String value) {
    return value.length() <= LONGEST ? value : value.substring(0, LONGEST - 3) + "...";
  }
}
