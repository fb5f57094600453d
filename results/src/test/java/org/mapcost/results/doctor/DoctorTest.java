package org.mapcost.results.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapcost.results.doctor.Finding.State;

/// Guards that what is wrong with a host is found, with a cause and advice, that a host in order
/// gets no warning, and that a host that shows nothing is described and not an error.
class DoctorTest {
  @TempDir Path root;

  private record Tried(List<Integer> allowedCpus, Perf perf, double lostShare, double steal)
      implements LiveHost {
    @Override
    public Optional<Double> stealPercent() {
      return Optional.of(steal);
    }

    @Override
    public double clockNanoseconds() {
      return 25;
    }
  }

  private static final Tried QUIET =
      new Tried(List.of(0, 1, 2, 3, 8), new LiveHost.Perf(true, true, true, ""), 0.001, 0);

  @Test
  void aHostInOrderGetsNoWarning() throws IOException {
    write("proc/interrupts", "   CPU0\nCAL: 1 Function call interrupts\nTLB: 2 TLB shootdowns\n");
    write("proc/sys/kernel/perf_event_paranoid", "-1\n");
    write("proc/iomem", "00001000-0009ffff : System RAM\n");
    write("proc/loadavg", "0.03 0.10 0.09 1/123 4567\n");
    write("proc/cpuinfo", "flags\t\t: fpu vme\n");
    write("proc/sys/kernel/randomize_va_space", "2");
    write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance\n");
    write("sys/devices/system/cpu/intel_pstate/no_turbo", "1\n");
    write("sys/devices/system/cpu/smt/active", "0\n");
    write("sys/devices/system/cpu/isolated", "2-3\n");
    write("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
    write("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc\n");
    write("dev/dri/card0", "");
    Map<String, Finding> found = examine(QUIET);
    assertThat(found.values()).extracting(Finding::state).containsOnly(State.GOOD);
    assertThat(on(found, "cpus").seen()).isEqualTo("5 CPUs for this process: 0-3,8");
    assertThat(on(found, "clock").seen()).isEqualTo("tsc; one reading takes 25 ns");
    assertThat(on(found, "devices").seen()).isEqualTo("/dev/dri/card0");
  }

  @Test
  void troubleIsSeenWithCauseAndAdvice() throws IOException {
    write("proc/sys/kernel/perf_event_paranoid", "3\n");
    write("proc/iomem", "00000000-00000000 : System RAM\n");
    write("proc/loadavg", "7.50 0.10 0.09 1/123 4567\n");
    write("proc/cpuinfo", "flags\t\t: fpu hypervisor vme\n");
    write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n");
    write("sys/devices/system/cpu/cpufreq/boost", "1\n");
    write("sys/devices/system/cpu/smt/active", "1\n");
    write("sys/fs/cgroup/cpu.max", "50000 100000\n");
    write("sys/kernel/mm/transparent_hugepage/enabled", "always madvise [never]\n");
    write("sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet\n");
    Map<String, Finding> found =
        examine(new Tried(List.of(3), new LiveHost.Perf(false, false, false, "EACCES"), 0.4, 12));
    assertThat(states(found, State.LACKS)).containsExactly("cpus", "iomem", "witness");
    assertThat(states(found, State.WARN))
        .containsExactly("clock", "governor", "load", "noise", "perf", "quota", "steal", "thp");
    assertThat(on(found, "cpus").seen()).isEqualTo("1 CPU for this process: 3");
    assertThat(on(found, "perf").seen())
        .isEqualTo("no perf event at all (EACCES); kernel.perf_event_paranoid is 3");
    assertThat(on(found, "iomem").advice()).contains("--iomem FILE");
    assertThat(on(found, "noise").seen())
        .isEqualTo("a spinning thread lost 40.0 % of its time in breaks");
    assertThat(on(found, "machine").seen()).isEqualTo("a virtual machine");
  }

  @Test
  void aHostThatShowsNothingIsDescribed() {
    Map<String, Finding> found =
        examine(new Tried(List.of(0, 1), new LiveHost.Perf(false, true, false, "ENOENT"), 0, 0));
    assertThat(found).hasSize(17);
    assertThat(on(found, "iomem").seen()).isEqualTo("/proc/iomem cannot be read");
    assertThat(on(found, "perf").seen()).contains("(ENOENT), software events only");
  }

  @Test
  void troubleWithoutAdviceIsRefused() {
    assertThatThrownBy(() -> Finding.warn("x", "y", "", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x: trouble has a likely cause and advice");
  }

  private Map<String, Finding> examine(LiveHost live) {
    return new Doctor(root, live)
        .examine().stream().collect(Collectors.toMap(Finding::subject, Function.identity()));
  }

  private static Finding on(Map<String, Finding> found, String subject) {
    return Objects.requireNonNull(found.get(subject), subject);
  }

  private static List<String> states(Map<String, Finding> found, State state) {
    return found.values().stream()
        .filter(each -> each.state() == state)
        .map(Finding::subject)
        .sorted()
        .toList();
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
