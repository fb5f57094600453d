package org.mapcost.results.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapcost.model.machine.Machines;

/// Guards that a host's facts are read as it says them, that one that says nothing is no error, and
/// that every CPU has a class that mapcost brings.
class HostFactsTest {
  @TempDir Path root;

  @Test
  void twoSocketsOfTwoCores() throws IOException {
    write(
        "proc/cpuinfo",
        "vendor_id\t: AuthenticAMD\n"
            + "cpu family\t: 25\n"
            + "model\t\t: 1\n"
            + "model name\t: EPYC\n"
            + "flags\t\t: fpu invpcid\n");
    write("proc/sys/kernel/osrelease", "6.1.0-50-amd64\n");
    write("sys/devices/system/cpu/vulnerabilities/meltdown", "Mitigation: PTI\n");
    for (int cpu = 0; cpu < 8; cpu++) {
      String folder = "sys/devices/system/cpu/cpu" + cpu + "/";
      write(folder + "topology/physical_package_id", String.valueOf(cpu / 4));
      write(folder + "topology/core_id", String.valueOf(cpu % 4 / 2));
      write(folder + "cache/index0/level", "1");
      write(folder + "cache/index0/type", "Data");
      write(folder + "cache/index0/size", "32K");
      write(folder + "cache/index3/level", "3");
      write(folder + "cache/index3/type", "Unified");
      write(folder + "cache/index3/size", "32768K");
      write(folder + "cache/index3/shared_cpu_list", cpu / 4 * 4 + "-" + (cpu / 4 * 4 + 3));
    }
    HostFacts host = HostFacts.of(root);
    assertThat(host.cpus()).isEqualTo(8);
    assertThat(host.sockets()).isEqualTo(2);
    assertThat(host.cores()).isEqualTo(4);
    assertThat(host.llcs()).isEqualTo(2);
    assertThat(host.l1d()).isEqualTo(32768);
    assertThat(host.llc()).isEqualTo(32L << 20);
    assertThat(host.pti()).isTrue();
    assertThat(host.kernelSeries()).isEqualTo("6.1");
    assertThat(MachineClass.of(host)).isEqualTo("epyc-milan");
  }

  @Test
  void aHostThatSaysNothing() {
    HostFacts host = HostFacts.of(root);
    assertThat(host.cpus()).isEqualTo(1);
    assertThat(host.llc()).isZero();
    assertThat(Machines.names()).contains(MachineClass.of(host));
    Points points = new Points(host, 0);
    assertThat(points.inL1()).isEqualTo(16 << 10);
    assertThat(points.inMemory()).isEqualTo(32 << 20);
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
