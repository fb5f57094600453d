package org.mapcost.benchmarks.host;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mapcost.benchmarks.linux.Descriptor;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What does it cost to map and touch a DMA-BUF made of a memory file's pages (udmabuf)?
///
/// Notes.
/// * Danger: up to 6.12 each touch is a fault that inserts one page; later `mmap` faults map the
///   whole buffer. The verdict's number of faults tells which.
/// * Danger: `udmabuf` refuses a file that may shrink or is sealed against writes.
/// * Rests on: `struct udmabuf_create` and `UDMABUF_CREATE` (`include/uapi/linux/udmabuf.h`, since
///   4.20); `F_SEAL_SHRINK` is 2.
/// * What saves it: buffer and file are closed with the probe; what the ioctl refuses becomes a
///   reason to skip.
@State(Scope.Thread)
public class UdmabufBenchmark extends DeviceProbe {
  private static final Path NODE = Path.of("/dev/udmabuf");
  private static final long CREATE = 0x40187542L;
  private static final int CLOEXEC = 1;
  private static final int SEAL_SHRINK = 2;

  @Override
  protected Buffer allocate(long bytes) {
    if (!Files.exists(NODE)) {
      throw new NotHere("there is no " + NODE + ": a kernel without udmabuf");
    }
    try (Descriptor device = Descriptor.open(NODE);
        Descriptor file = Descriptor.memory("udmabuf", bytes);
        Arena arena = Arena.ofConfined()) {
      file.seal(SEAL_SHRINK);
      MemorySegment request = arena.allocate(24, Long.BYTES);
      request.set(JAVA_INT, 0, file.number());
      request.set(JAVA_INT, 4, CLOEXEC);
      request.set(JAVA_LONG, 16, bytes);
      // The buffer keeps the pages; the file may be closed.
      int fd = (int) device.ioctl("UDMABUF_CREATE", CREATE, request);
      Descriptor buffer = Descriptor.owning(fd, "a buffer of " + NODE);
      return new Buffer(buffer, 0, buffer::close);
    }
  }
}
