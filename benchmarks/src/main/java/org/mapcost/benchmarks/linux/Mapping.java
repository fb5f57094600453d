package org.mapcost.benchmarks.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A range of user memory between two guard ranges that nobody may touch.
///
/// Dangers:
/// * Next to another mapping of the same kind the kernel merges the two, and splits and merges them
///   again at every change of protection. Whether it has such a neighbour is the luck of a process;
///   without guards instructions of a change doubled in 4 of 14 processes.
/// * A huge page changes what a page costs. Every mapping says whether it may have them.
/// * The JVM does not know this memory: touching it where it is not accessible ends the process.
///
/// * A change that reaches beyond the range changes the memory of the JVM, and is no error.
///
/// What saves it: both guards are reserved in one call with the range, so no neighbour can come;
/// every touch goes through a bounded [MemorySegment], and every change is checked to lie inside.
/// Those that are measured ([#protect], [#drop]) check the kernel's answer and name its errno.
///
/// Not safe for several threads that change it; touching is.
public final class Mapping implements AutoCloseable {
  public static final int PAGE = 4096;

  /// What one entry of a page-middle directory maps.
  public static final long HUGE = 2L << 20;

  /// How the pages may be used.
  public enum Access {
    NONE(0),
    READ(1),
    READ_WRITE(3);

    private final int bits;

    Access(int bits) {
      this.bits = bits;
    }
  }

  /// The size of the pages.
  public enum Pages {
    /// 4 KiB and no larger (`MADV_NOHUGEPAGE`).
    SMALL(15),
    /// 2 MiB where the kernel has them (`MADV_HUGEPAGE`).
    LARGE(14);

    private final int advice;

    Pages(int advice) {
      this.advice = advice;
    }
  }

  private static final int MAP_SHARED = 0x01;
  private static final int MAP_PRIVATE = 0x02;
  private static final int MAP_FIXED = 0x10;
  private static final int MAP_ANONYMOUS = 0x20;
  private static final int MAP_NORESERVE = 0x4000;
  private static final int MMAP = 9;
  private static final int MPROTECT = 10;
  private static final int MUNMAP = 11;
  private static final int MADVISE = 28;
  private static final int DONTNEED = 4;
  private static final int POPULATE_WRITE = 23;

  private final long reserved;
  private final long reservedBytes;
  private final long start;
  private final long bytes;
  private final MemorySegment memory;
  private long sink;

  private Mapping(long reserved, long reservedBytes, long start, long bytes) {
    this.reserved = reserved;
    this.reservedBytes = reservedBytes;
    this.start = start;
    this.bytes = bytes;
    this.memory = Libc.memory(start, bytes);
  }

  /// Private memory of whole pages, readable and writable, not yet touched. It begins at a multiple
  /// of 2 MiB.
  public static Mapping anonymous(long bytes, Pages pages) {
    Mapping mapping = reserve(bytes);
    mapping.map(MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    try {
      Libc.syscall("madvise", MADVISE, mapping.start, bytes, pages.advice);
    } catch (SystemCallException e) {
      // A kernel without transparent huge pages knows neither advice, and has small pages.
      if (pages == Pages.LARGE || e.errno() != Errno.EINVAL.number()) {
        mapping.close();
        throw e;
      }
    }
    return mapping;
  }

  /// A shared mapping of whole pages of a file or device, from an offset on.
  public static Mapping of(Descriptor file, long offset, long bytes) {
    Mapping mapping = reserve(bytes);
    try {
      mapping.map(MAP_SHARED, file.number(), offset);
    } catch (SystemCallException e) {
      mapping.close();
      throw e;
    }
    return mapping;
  }

  private static Mapping reserve(long bytes) {
    if (bytes <= 0 || bytes % PAGE != 0) {
      throw new IllegalArgumentException(bytes + " bytes are no whole pages");
    }
    long whole = bytes + 3 * HUGE;
    long reserved =
        Libc.syscall(
            "mmap of " + whole + " bytes of address space",
            MMAP,
            0,
            whole,
            Access.NONE.bits,
            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
            -1,
            0);
    long start = (reserved + HUGE) / HUGE * HUGE + HUGE;
    return new Mapping(reserved, whole, start, bytes);
  }

  private void map(int kind, int fd, long offset) {
    Libc.syscall(
        "mmap of " + bytes + " bytes",
        MMAP,
        start,
        bytes,
        Access.READ_WRITE.bits,
        kind | MAP_FIXED,
        fd,
        offset);
  }

  public long bytes() {
    return bytes;
  }

  public MemorySegment memory() {
    return memory;
  }

  /// `mprotect` of the first pages.
  public void protect(long pages, Access access) {
    if (Libc.mprotect(start, range(pages), access.bits) != 0) {
      Libc.syscall("mprotect of " + pages + " pages", MPROTECT, start, range(pages), access.bits);
    }
  }

  /// `madvise(MADV_DONTNEED)` of the first pages: they are given back, and the next touch of each
  /// is a fault.
  public void drop(long pages) {
    if (Libc.madvise(start, range(pages), DONTNEED) != 0) {
      Libc.syscall("madvise of " + pages + " pages", MADVISE, start, range(pages), DONTNEED);
    }
  }

  /// `munmap` of the first pages; nothing may touch them until [#mapAgain].
  public void unmap(long pages) {
    if (Libc.munmap(start, range(pages)) != 0) {
      Libc.syscall("munmap of " + pages + " pages", MUNMAP, start, range(pages));
    }
  }

  /// Maps the first pages again as private small pages after [#unmap].
  public void mapAgain(long pages) {
    Libc.syscall(
        "mmap of " + pages + " pages",
        MMAP,
        start,
        pages * PAGE,
        Access.READ_WRITE.bits,
        MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
        -1,
        0);
    Libc.syscall("madvise", MADVISE, start, range(pages), Pages.SMALL.advice);
  }

  /// Makes the first pages present, without a fault for each where the kernel can (5.14 and later).
  public void populate(long pages) {
    if (Libc.madvise(start, range(pages), POPULATE_WRITE) != 0) {
      write(pages);
    }
  }

  /// The bytes of the first pages. A range that reached beyond would change the memory of the JVM.
  private long range(long pages) {
    if (pages < 1 || pages > bytes / PAGE) {
      throw new IndexOutOfBoundsException(pages + " pages of a mapping of " + bytes + " bytes");
    }
    return pages * PAGE;
  }

  /// Writes one byte of each of the first pages.
  public void write(long pages) {
    for (long page = 0; page < pages; page++) {
      memory.set(ValueLayout.JAVA_BYTE, page * PAGE, (byte) 1);
    }
  }

  /// Reads one byte of each of the first pages.
  public long read(long pages) {
    long sum = 0;
    for (long page = 0; page < pages; page++) {
      sum += memory.get(ValueLayout.JAVA_BYTE, page * PAGE);
    }
    sink += sum;
    return sink;
  }

  /// Unmaps all of it, the guards too. Nothing may touch [#memory] afterwards.
  @Override
  public void close() {
    Libc.syscall("munmap", MUNMAP, reserved, reservedBytes);
  }
}
