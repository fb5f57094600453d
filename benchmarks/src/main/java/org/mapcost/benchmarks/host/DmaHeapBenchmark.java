package org.mapcost.benchmarks.host;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mapcost.benchmarks.linux.Descriptor;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What does it cost to map and touch a buffer of a DMA-BUF heap?
///
/// Notes.
/// * Danger: a heap's buffer is mapped as a whole at `mmap` (`remap_pfn_range`), so that touching
///   takes no fault; a heap that maps at faults shows in the verdict.
/// * Danger: the memory is pinned as long as the descriptor lives.
/// * Rests on: `struct dma_heap_allocation_data` and `DMA_HEAP_IOCTL_ALLOC`
///   (`include/uapi/linux/dma-heap.h`, since 5.6).
/// * What saves it: the descriptor is closed with the probe; what the ioctl refuses becomes a
///   reason to skip.
@State(Scope.Thread)
public class DmaHeapBenchmark extends DeviceProbe {
  private static final long ALLOC = 0xC0184800L;
  private static final int READ_WRITE_CLOEXEC = 0x2 | 0x80000;

  /// The heap's name in `/dev/dma_heap`.
  @Param({"system"})
  public String heap = "system";

  @Override
  protected Buffer allocate(long bytes) {
    Path node = Path.of("/dev/dma_heap").resolve(heap);
    if (!Files.exists(node)) {
      throw new NotHere("there is no " + node + ": a kernel without DMA-BUF heaps");
    }
    try (Descriptor device = Descriptor.open(node);
        Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(24, Long.BYTES);
      request.set(JAVA_LONG, 0, bytes);
      request.set(JAVA_INT, 12, READ_WRITE_CLOEXEC);
      device.ioctl("DMA_HEAP_IOCTL_ALLOC", ALLOC, request);
      Descriptor buffer = Descriptor.owning(request.get(JAVA_INT, 8), "a buffer of " + node);
      return new Buffer(buffer, 0, buffer::close);
    }
  }
}
