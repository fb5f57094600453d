package org.mapcost.results.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Interval;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.Scale;
import org.mapcost.results.figure.Numbers;
import org.mapcost.results.run.Environment;
import org.mapcost.results.run.Manifest;
import org.mapcost.results.run.Measurement;
import org.mapcost.results.stats.Statistics;

/// The sections every report has: its limits, the host, the way to repeat it, and all numbers.
final class HostSections {
  private static final int TICKS_PER_SECOND = 100;

  private HostSections() {}

  /// What a reader must know before using a number.
  ///
  /// @param special limits of the subject, first
  static Page.Section limits(ReportInput input, List<String> special) {
    List<String> limits = new ArrayList<>(special);
    Environment host = input.environment();
    int[] forks =
        input.measurements().stream()
            .mapToInt(each -> Statistics.forkMedians(each.forks()).length)
            .sorted()
            .distinct()
            .toArray();
    if (forks.length > 0 && forks[0] <= 1) {
      limits.add(
          "Some or all points have one fork, not comparable: a second JVM may differ by more than"
              + " the effect.");
    }
    if (forks.length > 0 && forks[forks.length - 1] > 1) {
      limits.add(
          "A fork, a JVM of its own, is the unit of replication; intervals are Student's at 95 %"
              + " over %s forks. With so few they are wide, and rightly so."
                  .formatted(
                      Arrays.stream(forks)
                          .mapToObj(String::valueOf)
                          .collect(Collectors.joining(" or "))));
    }
    if (host.hypervisor() != null && host.hypervisor().flag()) {
      limits.add(
          "The host is a virtual machine: others share its cores and its last cache, so the size"
              + " given for that cache is not all its own, and another hour may give other"
              + " numbers.");
    }
    stolen(host)
        .ifPresent(seconds ->
            limits.add(
                "The hypervisor took %s s of processor time away during the run."
                    .formatted(Numbers.plain(seconds))));
    if (host.loadAverage() != null
        && !host.loadAverage().isEmpty()
        && host.loadAverage().getFirst() > host.cpu().logical() / 2.0) {
      limits.add(
          "Other work ran on the host: load average %s on %d CPUs before the run."
              .formatted(Numbers.plain(host.loadAverage().getFirst()), host.cpu().logical()));
    }
    input.manifest().ifPresent(manifest -> limits.addAll(unfinished(manifest)));
    return new Page.Section("limits", "Limits", List.of(new Block.Bullets(limits)));
  }

  private static OptionalDouble stolen(Environment host) {
    Environment.Steal steal = host.steal();
    return steal == null || steal.after() == null || steal.after() <= steal.before()
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) (steal.after() - steal.before()) / TICKS_PER_SECOND);
  }

  private static List<String> unfinished(Manifest manifest) {
    List<String> limits = new ArrayList<>();
    for (Manifest.Point point : manifest.points(Manifest.State.FAILED)) {
      limits.add("Failed: %s: %s.".formatted(point.point().label(), point.error()));
    }
    int planned = manifest.points(Manifest.State.PLANNED).size();
    if (planned > 0) {
      limits.add(
          "The run did not finish: %d of %d points lack forks."
              .formatted(planned, manifest.points().size()));
    }
    return limits;
  }

  static Page.Section environment(Environment host) {
    List<List<String>> rows = new ArrayList<>();
    Environment.Cpu cpu = host.cpu();
    row(rows, "processor", cpu.model());
    row(
        rows,
        "CPUs",
        "%d logical%s%s%s"
            .formatted(
                cpu.logical(),
                part(cpu.cores(), "core"),
                part(cpu.sockets(), "socket"),
                cpu.threadsPerCore() == null ? "" : ", threads per core: " + cpu.threadsPerCore()));
    row(
        rows,
        "caches of CPU 0",
        host.caches().stream()
            .map(each ->
                "L%d %s %s"
                    .formatted(
                        each.level(),
                        each.type().toLowerCase(Locale.ROOT),
                        Scale.size(each.bytes())))
            .collect(Collectors.joining(", ")));
    row(rows, "memory", host.memoryBytes() == null ? null : Scale.size(host.memoryBytes()));
    row(rows, "virtual machine", hypervisor(host.hypervisor()));
    row(rows, "kernel", host.kernel().release());
    row(rows, "kernel command line", host.kernel().commandLine());
    row(rows, "transparent huge pages", host.transparentHugePages());
    row(rows, "clock source", host.clockSource());
    row(rows, "frequency governor", host.governor());
    row(
        rows,
        "load average before",
        host.loadAverage() == null
            ? null
            : host.loadAverage().stream().map(Numbers::plain).collect(Collectors.joining(", ")));
    row(
        rows,
        "address randomisation",
        host.aslr() == null ? null : "kernel.randomize_va_space = " + host.aslr());
    row(rows, "JVM", host.jvm().name() + " " + host.jvm().version() + ", " + host.jvm().vendor());
    row(rows, "JVM flags of the forks", String.join(" ", host.jvm().flags()));
    row(
        rows,
        "mapcost",
        "%s, git %s%s"
            .formatted(
                host.mapcost().version(),
                host.mapcost().revision(),
                host.mapcost().dirty() ? ", with uncommitted changes" : ""));
    row(rows, "measured at", host.time());
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Grid(
            "The host that measured.", new FigureData(List.of("what", "value"), rows), false));
    if (!host.mitigations().isEmpty()) {
      blocks.add(
          new Block.Grid(
              "Mitigations, in the kernel's words",
              new FigureData(
                  List.of("vulnerability", "answer"),
                  host.mitigations().entrySet().stream()
                      .sorted(Map.Entry.comparingByKey())
                      .map(each -> List.of(each.getKey(), each.getValue()))
                      .toList()),
              true));
    }
    return new Page.Section("environment", "The host", blocks);
  }

  static Page.Section reproduce(ReportInput input) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Text(
            "In a checkout of mapcost"
                + (input.environment().mapcost().revision().equals("unknown")
                    ? ""
                    : " at git " + input.environment().mapcost().revision())
                + ":"));
    blocks.add(new Block.Commands(input.commands()));
    blocks.add(all(input.measurements()));
    return new Page.Section("again", "How to repeat it", blocks);
  }

  private static Block all(List<Measurement> measurements) {
    List<List<String>> rows =
        measurements.stream()
            .sorted(Comparator.comparing(Measurement::shortName))
            .map(HostSections::measured)
            .toList();
    return new Block.Grid(
        "Every measurement of the run",
        new FigureData(
            List.of("benchmark", "parameters", "#forks", "#[low best high]", "unit"), rows),
        true);
  }

  private static List<String> measured(Measurement each) {
    OptionalDouble best = Statistics.best(each.forks());
    String value =
        Statistics.median(each.forks())
            .map((Interval interval) -> Numbers.interval(interval))
            .orElseGet(() ->
                best.isPresent()
                    ? Numbers.plain(best.getAsDouble()) + ", one fork, not comparable"
                    : "no number");
    if (!each.exercised()) {
      value = "not exercised: a witness saw that the intended path did not run";
    }
    return List.of(
        each.shortName(),
        each.params().entrySet().stream()
            .map(param -> param.getKey() + "=" + param.getValue())
            .collect(Collectors.joining(" ")),
        String.valueOf(Statistics.forkMedians(each.forks()).length),
        value,
        each.unit());
  }

  private static void row(List<List<String>> rows, String what, @Nullable String value) {
    rows.add(List.of(what, value == null || value.isBlank() ? "not shown by the host" : value));
  }

  private static String part(@Nullable Integer count, String what) {
    return count == null ? "" : ", " + Numbers.count(count, what);
  }

  private static @Nullable String hypervisor(Environment.@Nullable Hypervisor hypervisor) {
    if (hypervisor == null) {
      return null;
    }
    if (!hypervisor.flag()) {
      return "no";
    }
    String who =
        java.util.stream.Stream.of(hypervisor.name(), hypervisor.vendor(), hypervisor.product())
            .filter(java.util.Objects::nonNull)
            .collect(Collectors.joining(" "));
    return who.isEmpty() ? "yes" : "yes, " + who;
  }
}
