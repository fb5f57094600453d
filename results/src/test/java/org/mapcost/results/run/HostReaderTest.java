package org.mapcost.results.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.results.run.Environment.Cache;
import org.mapcost.results.run.Environment.Hypervisor;
import org.mapcost.results.run.Environment.Steal;

/// Guards that a host's own files are understood, and that none of them is needed.
class HostReaderTest {
  private static final Build BUILD = new Build("0.1.0", "abc", false);

  @TempDir Path root;
  private HostReader host;

  @BeforeEach
  void host() {
    host = new HostReader(root, () -> Lscpu.NONE);
  }

  @Test
  void aHostThatShowsNothingHasAnEnvironment() {
    Environment none = host.read(BUILD, List.of("-Xmx2g"));
    assertThat(none.cpuModel()).isEmpty();
    assertThat(none.kernelRelease()).isEmpty();
    assertThat(none.cacheBytes(1)).isEmpty();
    assertThat(none.mitigations()).isEmpty();
    assertThat(none.hypervisor()).isNull();
    assertThat(none.steal()).isNull();
    assertThat(none.cpu().logical()).isPositive();
    assertThat(none.cpu().sockets()).isNull();
    assertThat(none.jvm().flags()).containsExactly("-Xmx2g");
    assertThat(host.hostName()).isEqualTo("host");
  }

  @Test
  void whatIsNotKnownIsNotWritten() {
    String json = Json.MAPPER.writeValueAsString(host.read(BUILD, List.of()));
    assertThat(json)
        .contains("\"schema\" : \"mapcost/environment/1\"")
        .doesNotContain("null", "governor", "hypervisor", "steal", "x86");
  }

  @Test
  void aVirtualMachineOfTwoSockets() throws IOException {
    put(
        "proc/cpuinfo",
        "processor\t: 0\nmodel name\t: AMD EPYC\nmicrocode\t: 0x1000065\n"
            + "flags\t\t: fpu hypervisor clwb\n\nprocessor\t: 1\nmodel name\t: other\n");
    for (int cpu = 0; cpu < 8; cpu++) {
      put("sys/devices/system/cpu/cpu" + cpu + "/topology/physical_package_id", "" + cpu / 4);
      put("sys/devices/system/cpu/cpu" + cpu + "/topology/core_id", "" + cpu / 2 % 2);
    }
    put("sys/devices/system/cpu/cpufreq/boost", "1");
    cache(0, "1", "Data", "32K", "0-1");
    cache(1, "1", "Instruction", "64K", "0-1");
    cache(2, "2", "Unified", "1024K", "0-1");
    cache(3, "3", "Unified", "32M", "0-3");
    put("sys/devices/system/node/node0/cpulist", "0-3\n");
    put("sys/devices/system/node/node0/meminfo", "Node 0 MemTotal:    1000 kB\nNode 0 MemFree: 1");
    put("sys/devices/system/node/node1/cpulist", "4-7\n");
    put("proc/meminfo", "MemTotal:       24650000 kB\nMemFree: 1 kB\n");
    put("sys/class/dmi/id/sys_vendor", "QEMU");
    put("proc/sys/kernel/osrelease", "6.18.44\n");
    put("proc/sys/kernel/hostname", "build-7.example.org\n");
    put("proc/cmdline", "root=/dev/vda mitigations=auto\n");
    put("sys/devices/system/cpu/vulnerabilities/meltdown", "Not affected\n");
    put("sys/devices/system/cpu/vulnerabilities/spectre_v2", "Mitigation: Retpolines\n");
    put("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
    put("proc/sys/kernel/randomize_va_space", "2\n");
    put("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance\n");
    put("sys/devices/system/clocksource/clocksource0/current_clocksource", "kvm-clock\n");
    put("proc/loadavg", "3.88 1.85 0.90 3/142 12507\n");
    put("proc/stat", "cpu  48485 0 7538 380706 691 0 152 854 0 0\ncpu0 1 1 1 1 1 1 1 1\n");

    Environment seen = host.read(BUILD, List.of());

    assertThat(seen.cpu()).isEqualTo(new Environment.Cpu("AMD EPYC", 8, 2, 4, 2, "0x1000065"));
    assertThat(seen.caches())
        .containsExactly(
            new Cache(1, "Data", 32 << 10, "0-1"),
            new Cache(1, "Instruction", 64 << 10, "0-1"),
            new Cache(2, "Unified", 1 << 20, "0-1"),
            new Cache(3, "Unified", 32 << 20, "0-3"));
    assertThat(seen.cacheBytes(1)).hasValue(32 << 10);
    assertThat(seen.cacheBytes(3)).hasValue(32 << 20);
    assertThat(seen.cacheBytes(4)).isEmpty();
    assertThat(seen.numa())
        .containsExactly(
            new Environment.NumaNode(0, "0-3", 1_024_000L),
            new Environment.NumaNode(1, "4-7", null));
    assertThat(seen.loaded(host.loadAverage()).loadHighest()).isEqualTo(3.88);
    assertThat(seen.memoryBytes()).isEqualTo(24_650_000L * 1024);
    assertThat(seen.hypervisor()).isEqualTo(new Hypervisor(true, "QEMU", null));
    assertThat(seen.kernelRelease()).contains("6.18.44");
    assertThat(seen.kernel().commandLine()).isEqualTo("mitigations=auto");
    assertThat(seen.mitigations())
        .isEqualTo(Map.of("meltdown", "Not affected", "spectre_v2", "Mitigation: Retpolines"));
    assertThat(seen.transparentHugePages()).isEqualTo("madvise");
    assertThat(seen.aslr()).isEqualTo(2);
    assertThat(seen.governor()).isEqualTo("performance");
    assertThat(seen.clockSource()).isEqualTo("kvm-clock");
    assertThat(seen.loadAverage()).containsExactly(3.88, 1.85, 0.90);
    assertThat(seen.steal()).isEqualTo(new Steal(854, null));
    assertThat(host.hostName()).isEqualTo("build-7.example.org");

    put("proc/stat", "cpu  48485 0 7538 380706 691 0 152 860 0 0\n");
    assertThat(seen.afterRun(host.stolenTicks()).steal()).isEqualTo(new Steal(854, 860L));
  }

  @Test
  void lscpuNamesWhatTheFilesDoNot() throws IOException {
    put("proc/cpuinfo", "flags\t\t: fpu hypervisor\n");
    Lscpu answer =
        Lscpu.parse(
            """
            {"lscpu": [{"field": "Architecture:", "data": "x86_64", "children": [
              {"field": "Model name:", "data": "Neoverse-N1"}]},
              {"field": "Hypervisor vendor:", "data": "KVM"}, {"field": "BIOS:", "data": "-"}]}\
            """);
    assertThat(answer.fields()).containsOnlyKeys("Architecture", "Model name", "Hypervisor vendor");
    Environment seen = new HostReader(root, () -> answer).read(BUILD, List.of());
    assertThat(seen.hypervisor()).isEqualTo(new Hypervisor(true, null, null, "KVM"));
    assertThat(seen.cpuModel()).contains("Neoverse-N1");
    put("proc/cpuinfo", "model name\t: Files First\n");
    assertThat(new HostReader(root, () -> answer).read(BUILD, List.of()).cpuModel())
        .contains("Files First");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Architecture: x86_64", "[]", "{\"lscpu\": 7}", "{\"lscpu\": [7]}"})
  void lscpuOfAnotherForm(String answer) {
    assertThat(Lscpu.parse(answer).fields()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "proc/cpuinfo, :::",
    "proc/meminfo, MemTotal: much",
    "proc/stat, cpu 1 2",
    "proc/stat, cpu a b c d e f g h",
    "proc/loadavg, .. .. ..",
    "proc/sys/kernel/randomize_va_space, 99999999999",
    "sys/kernel/mm/transparent_hugepage/enabled, perhaps",
    "sys/devices/system/cpu/cpu0/cache/index0/level, one",
    "sys/devices/system/cpu/cpu0/topology/core_id, ?",
  })
  void aFileOfAnotherFormIsAsIfItWereAbsent(String file, String text) throws IOException {
    Environment without = host.read(BUILD, List.of());
    put(file, text);
    assertThat(host.read(BUILD, List.of()))
        .usingRecursiveComparison()
        .ignoringFields("time")
        .isEqualTo(without);
  }

  @Test
  void thisHostAndItsFile() {
    Environment here = HostReader.here().read(BUILD, List.of("-Xmx2g"));
    RunFolder folder = new RunFolder(root);
    folder.write(here);
    assertThat(folder.environment()).isEqualTo(here);
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, true",
    "Linux, x86_64, true",
    "Linux, aarch64, false",
    "Mac OS X, x86_64, false",
    "Windows 11, amd64, false",
  })
  void whichHostsTheQuestionsAreAbout(String os, String arch, boolean about) {
    Environment here = host.read(BUILD, List.of());
    Environment there =
        new Environment(
            here.schema(),
            here.time(),
            os,
            arch,
            here.cpu(),
            here.caches(),
            null,
            null,
            here.kernel(),
            here.mitigations(),
            null,
            null,
            null,
            null,
            null,
            null,
            here.jvm(),
            here.mapcost());
    assertThat(there.isX86Linux()).isEqualTo(about);
  }

  private void cache(int index, String level, String type, String size, String cpus)
      throws IOException {
    String at = "sys/devices/system/cpu/cpu0/cache/index" + index + "/";
    put(at + "level", level);
    put(at + "type", type);
    put(at + "size", size);
    put(at + "shared_cpu_list", cpus);
  }

  private void put(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
