package org.mapcost.benchmarks.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// An open file or device.
public final class Descriptor implements AutoCloseable {
  private static final int OPEN = 2;
  private static final int CLOSE = 3;
  private static final int IOCTL = 16;
  private static final int FTRUNCATE = 77;
  private static final int FCNTL = 72;
  private static final int MEMFD_CREATE = 319;
  private static final int READ_WRITE_CLOEXEC = 0x2 | 0x80000;
  private static final int CLOEXEC_ALLOW_SEALING = 1 | 2;
  private static final int ADD_SEALS = 1033;

  private final int number;
  private final String name;

  private Descriptor(long number, String name) {
    this.number = (int) number;
    this.name = name;
  }

  /// One that the kernel gave by another call, for this object to close.
  public static Descriptor owning(int number, String name) {
    return new Descriptor(number, name);
  }

  /// Opens for reading and writing. Throws [SystemCallException] where that fails.
  public static Descriptor open(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(path.toString());
      return new Descriptor(
          Libc.syscall("open of " + path, OPEN, text.address(), READ_WRITE_CLOEXEC), "" + path);
    }
  }

  /// A file of so many bytes that lives in memory.
  public static Descriptor memory(String name, long bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(name);
      Descriptor file =
          new Descriptor(
              Libc.syscall("memfd_create", MEMFD_CREATE, text.address(), CLOEXEC_ALLOW_SEALING),
              name);
      Libc.syscall("ftruncate of " + name, FTRUNCATE, file.number, bytes);
      return file;
    }
  }

  /// Forbids changes of a memory file, by the bits of `F_ADD_SEALS`.
  public void seal(int seals) {
    Libc.syscall("fcntl(F_ADD_SEALS) of " + name, FCNTL, number, ADD_SEALS, seals);
  }

  /// A request to a device. Returns what the device does; throws [SystemCallException] where that
  /// is an error.
  ///
  /// @param what the request's name, for the message
  /// @param argument the structure it reads and fills
  public long ioctl(String what, long request, MemorySegment argument) {
    return Libc.syscall(what + " of " + name, IOCTL, number, request, argument.address());
  }

  public int number() {
    return number;
  }

  @Override
  public void close() {
    Libc.syscall("close of " + name, CLOSE, number);
  }
}
