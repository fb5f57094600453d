package org.mapcost.benchmarks.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Guards that a point is written and read alike and sets its probe's parameters, and that CPUs,
/// huge pages and BARs are found in what the kernel says of them.
class ProbePointTest {
  @TempDir Path dir;

  @Test
  void pointsAreWrittenAsTheyAreRead() {
    ProbePoint point = ProbePoint.of("shootdown", "pages", "16", "op", "MADVISE");
    assertThat(point).hasToString("shootdown?op=MADVISE&pages=16");
    assertThat(ProbePoint.parse(point.toString())).isEqualTo(point);
    ShootdownBenchmark probe = (ShootdownBenchmark) point.create();
    assertThat(probe.pages).isEqualTo(16);
    assertThat(probe.op).isEqualTo(ShootdownBenchmark.Operation.MADVISE);
    assertThat(probe.running).as("the first of those declared").isTrue();
    assertThat(probe.peers).isEqualTo(1);
  }

  @Test
  void whatIsNoPointIsRefused() {
    assertThatThrownBy(() -> ProbePoint.parse("shotdown?pages=1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no probe 'shotdown': [core, fault, latency");
    assertThatThrownBy(() -> ProbePoint.parse("core?chain").create())
        .hasMessage("'chain' is no key=value in 'core?chain'");
    assertThatThrownBy(() -> ProbePoint.parse("core?links=3").create())
        .hasMessage("CoreBenchmark has no parameter 'links'");
    assertThatThrownBy(() -> ProbePoint.parse("core?chain=LONG").create())
        .hasMessage("'LONG' is no Chain");
  }

  @Test
  void oneThreadOfEachCoreComesFirst() throws IOException {
    String[] siblings = {"0,2", "1,3", "0,2", "1,3"};
    for (int cpu = 0; cpu < 4; cpu++) {
      Path topology = Files.createDirectories(dir.resolve("cpu" + cpu + "/topology"));
      Files.writeString(topology.resolve("thread_siblings_list"), siblings[cpu] + "\n");
    }
    assertThat(Placement.over(List.of(0, 2, 1, 3), dir))
        .isEqualTo(new Placement(0, List.of(1, 2, 3)));
    assertThat(Placement.over(List.of(7), dir)).isEqualTo(new Placement(7, List.of()));
  }

  @Test
  void hugePagesOfTheMappingThatHoldsAnAddress() {
    List<String> smaps =
        List.of(
            "7f0000000000-7f0000200000 rw-p 00000000 00:00 0",
            "AnonHugePages:      2048 kB",
            "7f0000200000-7f0000400000 rw-p 00000000 00:00 0 [anon: x]",
            "AnonHugePages:         0 kB");
    assertThat(HugePages.back(smaps, 0x7f0000001000L)).isTrue();
    assertThat(HugePages.back(smaps, 0x7f0000200000L)).isFalse();
    assertThat(HugePages.back(smaps, 0x1000)).isFalse();
  }

  @Test
  void onlyPrefetchableMemoryOfADeviceIsTouched() throws IOException {
    Path device = Files.createDirectories(dir.resolve("0000:00:02.0"));
    Files.writeString(
        device.resolve("resource"),
        """
        0x00000000f0000000 0x00000000f0ffffff 0x0000000000040200
        0x0000000000000000 0x0000000000000000 0x0000000000000000
        0x00000000e0000000 0x00000000efffffff 0x000000000014220c
        0x000000000000e000 0x000000000000e03f 0x0000000000040101
        """);
    for (String file : List.of("resource0", "resource2", "resource2_wc")) {
      Files.createFile(device.resolve(file));
    }
    assertThat(PciBarBenchmark.prefetchable(dir, true))
        .containsExactly(new PciBarBenchmark.Bar(device.resolve("resource2_wc"), 256L << 20));
    assertThat(PciBarBenchmark.prefetchable(dir, false))
        .containsExactly(new PciBarBenchmark.Bar(device.resolve("resource2"), 256L << 20));
    assertThat(PciBarBenchmark.prefetchable(dir.resolve("none"), true)).isEmpty();
  }

  @Test
  void devicesThatAreNotThereSayWhatIsMissing() {
    DmaHeapBenchmark heap = new DmaHeapBenchmark();
    heap.heap = "no-such-heap";
    heap.pages = 1;
    assertThatThrownBy(heap::open)
        .isInstanceOf(NotHere.class)
        .hasMessage(
            "skipped: there is no /dev/dma_heap/no-such-heap: a kernel without DMA-BUF heaps");
  }
}
