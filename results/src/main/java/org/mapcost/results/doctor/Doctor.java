package org.mapcost.results.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks at a host and says what of it makes measurements impossible, few or noisy.
public final class Doctor {
  private static final String DEVICES = "sys/devices/system/";

  private final HostFiles files;
  private final LiveHost live;

  Doctor(Path root, LiveHost live) {
    this.files = new HostFiles(root);
    this.live = live;
  }

  /// For the host that this program runs on. Looking takes about a second.
  public static Doctor here() {
    return new Doctor(Path.of("/"), new ThisHost());
  }

  /// All findings, in the order in which they matter.
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(cpus());
    findings.add(interrupts());
    findings.add(perf());
    findings.add(iomem());
    findings.add(noise());
    findings.add(steal());
    findings.add(load());
    findings.add(virtual());
    findings.add(governor());
    findings.add(turbo());
    findings.add(smt());
    findings.add(isolation());
    findings.add(quota());
    findings.add(hugePages());
    findings.add(layout());
    findings.add(clock());
    findings.add(devices());
    return findings;
  }

  private Finding cpus() {
    List<Integer> allowed = live.allowedCpus();
    String seen = allowed.size() + " CPUs for this process: " + ranges(allowed);
    if (allowed.size() == 1) {
      return Finding.lacks(
          "cpus",
          "1 CPU for this process: " + ranges(allowed),
          "one CPU in all, or an affinity mask (taskset, a container's cpuset)",
          "give at least two CPUs; until then nothing that one CPU does to another can be"
              + " measured");
    }
    return Finding.good("cpus", seen);
  }

  private Finding interrupts() {
    Optional<String> text = files.text("proc/interrupts");
    boolean tlb =
        text.isPresent() && text.get().lines().anyMatch(l -> l.strip().startsWith("TLB:"));
    boolean calls =
        text.isPresent() && text.get().lines().anyMatch(l -> l.strip().startsWith("CAL:"));
    if (tlb && calls) {
      return Finding.good("witness", "/proc/interrupts has the rows TLB and CAL");
    }
    return Finding.lacks(
        "witness",
        text.isEmpty()
            ? "/proc/interrupts cannot be read"
            : "/proc/interrupts lacks the rows " + (tlb ? "" : "TLB ") + (calls ? "" : "CAL"),
        "a container or sandbox that hides it",
        "measure outside of it; here no probe can show that it interrupted another CPU");
  }

  private Finding perf() {
    String paranoid = files.text("proc/sys/kernel/perf_event_paranoid").orElse("absent");
    String level = "kernel.perf_event_paranoid is " + paranoid;
    LiveHost.Perf perf = live.perf();
    if (perf.hardware()) {
      return perf.kernel()
          ? Finding.good("perf", "hardware counters count user space and kernel; " + level)
          : Finding.warn(
              "perf",
              "hardware counters count user space alone; " + level,
              "perf_event_paranoid above 1 and neither root nor CAP_PERFMON",
              "sysctl kernel.perf_event_paranoid=1, or run as root");
    }
    if (perf.software()) {
      return Finding.warn(
          "perf",
          "no hardware counter (" + perf.reason() + "), software events only; " + level,
          "a virtual machine without a virtual PMU",
          "enable the guest's PMU in the hypervisor; cycles per instruction stay a class default");
    }
    return Finding.warn(
        "perf",
        "no perf event at all (" + perf.reason() + "); " + level,
        "perf_event_paranoid is 3, or a container's seccomp filter forbids perf_event_open",
        "sysctl kernel.perf_event_paranoid=2, or allow the call; the other witnesses remain");
  }

  private Finding iomem() {
    boolean addresses =
        files
            .text("proc/iomem")
            .filter(text -> text.lines().anyMatch(line -> line.matches("\\s*0*[1-9a-f].*-.*:.*")))
            .isPresent();
    return addresses
        ? Finding.good("iomem", "/proc/iomem shows addresses")
        : Finding.lacks(
            "iomem",
            "/proc/iomem " + (files.readable("proc/iomem") ? "shows zeros" : "cannot be read"),
            "not root: the kernel hides addresses from others",
            "run as root, or copy the file as root and give it with --iomem FILE");
  }

  private Finding noise() {
    double lost = live.lostShare();
    String seen =
        String.format(
            Locale.ROOT, "a spinning thread lost %.1f %% of its time in breaks", 100 * lost);
    return lost < 0.03
        ? Finding.good("noise", seen)
        : Finding.warn(
            "noise",
            seen,
            "other programs on the same CPUs, or a busy hypervisor",
            "stop them, or measure at another time; medians and interleaving help up to a point");
  }

  private Finding steal() {
    Optional<Double> percent = live.stealPercent();
    if (percent.isEmpty()) {
      return Finding.note("steal", "/proc/stat does not say", "no Linux of this century", "");
    }
    String seen = String.format(Locale.ROOT, "%.1f %% of the CPUs' time just now", percent.get());
    return percent.get() < 1
        ? Finding.good("steal", seen)
        : Finding.warn(
            "steal",
            seen,
            "the hypervisor runs somebody else on these CPUs",
            "a host with CPUs of its own; until then trust ratios and medians, never single times");
  }

  private Finding load() {
    String[] words = files.text("proc/loadavg").orElse("").split(" ");
    if (words.length < 3 || !words[0].matches("\\d+\\.\\d+")) {
      return Finding.note("load", "/proc/loadavg cannot be read", "", "");
    }
    double load = Double.parseDouble(words[0]);
    String seen = "load average " + words[0] + " over the last minute";
    return load < 0.5
        ? Finding.good("load", seen)
        : Finding.warn(
            "load",
            seen,
            "other programs run",
            "wait until it falls below 0.5, or stop them (ps -eo pcpu,comm --sort=-pcpu)");
  }

  private Finding virtual() {
    boolean flag =
        files
            .text("proc/cpuinfo")
            .flatMap(text -> text.lines().filter(l -> l.startsWith("flags")).findFirst())
            .filter(flags -> Arrays.asList(flags.split("\\s+")).contains("hypervisor"))
            .isPresent();
    return flag
        ? Finding.note(
            "machine",
            "a virtual machine",
            "the CPU flag 'hypervisor' is set",
            "interrupts exit to the hypervisor and page walks are nested: its prices are its own")
        : Finding.good("machine", "bare metal (no CPU flag 'hypervisor')");
  }

  private Finding governor() {
    Optional<String> governor = files.text(DEVICES + "cpu/cpu0/cpufreq/scaling_governor");
    if (governor.isEmpty()) {
      return Finding.note(
          "governor", "no frequency governor is shown", "the hypervisor or firmware decides", "");
    }
    return governor.get().equals("performance")
        ? Finding.good("governor", "performance")
        : Finding.warn(
            "governor",
            governor.get(),
            "the clock follows the load, and short measurements start slow",
            "cpupower frequency-set -g performance");
  }

  private Finding turbo() {
    Optional<String> off = files.text(DEVICES + "cpu/intel_pstate/no_turbo");
    Optional<String> boost = files.text(DEVICES + "cpu/cpufreq/boost");
    if (off.isEmpty() && boost.isEmpty()) {
      return Finding.note(
          "turbo", "whether it is on is not shown", "the hypervisor or firmware decides", "");
    }
    boolean on = off.map("0"::equals).orElseGet(() -> boost.map("1"::equals).orElse(false));
    return on
        ? Finding.note(
            "turbo",
            "on",
            "the clock depends on how many cores work and how warm they are",
            "echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo, or echo 0 > .../cpufreq/boost")
        : Finding.good("turbo", "off");
  }

  private Finding smt() {
    Optional<String> active = files.text(DEVICES + "cpu/smt/active");
    if (active.isEmpty() || active.get().equals("0")) {
      return Finding.good("smt", active.isEmpty() ? "not shown: none" : "off");
    }
    return Finding.note(
        "smt",
        "on: " + files.text(DEVICES + "cpu/cpu0/topology/thread_siblings_list").orElse("siblings"),
        "two hardware threads share a core and slow each other",
        "echo off > /sys/devices/system/cpu/smt/control; probes take one thread of each core"
            + " first");
  }

  private Finding isolation() {
    Optional<String> isolated =
        files.text(DEVICES + "cpu/isolated").or(() -> commandLine("isolcpus"));
    return isolated.isPresent()
        ? Finding.good("isolation", "isolated CPUs: " + isolated.get())
        : Finding.note(
            "isolation",
            "no CPU is kept free of other work",
            "no isolcpus= on the kernel's command line",
            "isolcpus=1-3 nohz_full=1-3, and taskset on those, narrows intervals");
  }

  private Optional<String> commandLine(String key) {
    Matcher found =
        Pattern.compile("(?:^|\\s)" + key + "=(\\S+)")
            .matcher(files.text("proc/cmdline").orElse(""));
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private Finding quota() {
    Optional<String> max = files.text("sys/fs/cgroup/cpu.max");
    if (max.isEmpty() || max.get().startsWith("max")) {
      return Finding.good("quota", "no limit of CPU time");
    }
    return Finding.warn(
        "quota",
        "cpu.max of the control group: " + max.get(),
        "a container's CPU limit: threads are stopped for the rest of each period",
        "lift the limit, or give whole CPUs (cpuset)");
  }

  private Finding hugePages() {
    Matcher selected =
        Pattern.compile("\\[(\\S+)]")
            .matcher(files.text("sys/kernel/mm/transparent_hugepage/enabled").orElse(""));
    if (!selected.find()) {
      return Finding.warn(
          "thp",
          "no transparent huge pages",
          "a kernel without them",
          "2 MiB pages cannot be compared with 4 KiB pages here");
    }
    return switch (selected.group(1)) {
      case "never" ->
          Finding.warn(
              "thp",
              "never",
              "switched off",
              "echo madvise > /sys/kernel/mm/transparent_hugepage/enabled; until then no page walk"
                  + " price");
      case "always" ->
          Finding.note(
              "thp",
              "always",
              "every program gets them",
              "probes say for themselves what they want");
      default -> Finding.good("thp", selected.group(1));
    };
  }

  private Finding layout() {
    String aslr = files.text("proc/sys/kernel/randomize_va_space").orElse("not shown");
    return aslr.equals("0")
        ? Finding.note(
            "aslr",
            "off",
            "randomize_va_space is 0",
            "every process has the same layout: its luck is in no interval; set it to 2")
        : Finding.good("aslr", "randomize_va_space " + aslr + ": layouts differ between forks");
  }

  private Finding clock() {
    String source =
        files.text(DEVICES + "clocksource/clocksource0/current_clocksource").orElse("not shown");
    if (source.equals("tsc") || source.equals("kvm-clock") || source.startsWith("hyperv")) {
      return Finding.good(
          "clock",
          String.format(
              Locale.ROOT, "%s; one reading takes %.0f ns", source, live.clockNanoseconds()));
    }
    return Finding.warn(
        "clock",
        String.format(
            Locale.ROOT, "%s; one reading takes %.0f ns", source, live.clockNanoseconds()),
        "the kernel found the TSC unstable, or the hypervisor hides that it is stable",
        "tsc=reliable on the kernel's command line if the host's TSC is; short steps are noisy"
            + " else");
  }

  private Finding devices() {
    List<String> there = new ArrayList<>();
    for (String node : List.of("dev/dri", "dev/dma_heap")) {
      files.names(node).forEach(name -> there.add("/" + node + "/" + name));
    }
    if (files.exists("dev/udmabuf")) {
      there.add("/dev/udmabuf");
    }
    return there.isEmpty()
        ? Finding.note(
            "devices",
            "no /dev/dri, /dev/dma_heap, /dev/udmabuf",
            "no GPU, or a kernel without DMA-BUF heaps and udmabuf",
            "their probes skip; their costs are modelled")
        : Finding.good("devices", String.join(", ", there));
  }

  private static String ranges(List<Integer> cpus) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cpus.size(); i++) {
      int first = cpus.get(i);
      while (i + 1 < cpus.size() && cpus.get(i + 1) == cpus.get(i) + 1) {
        i++;
      }
      text.append(text.isEmpty() ? "" : ",").append(first);
      if (cpus.get(i) > first) {
        text.append("-").append(cpus.get(i));
      }
    }
    return text.toString();
  }
}
