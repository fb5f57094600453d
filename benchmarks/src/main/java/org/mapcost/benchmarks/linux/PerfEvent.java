package org.mapcost.benchmarks.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// One counter of `perf_event_open`, of one thread and, if asked for, of the threads it starts
/// later.
///
/// Counters of hardware are shared: where there are more events than counters the kernel takes
/// turns, and [#read] scales by the share of time that this one had.
public final class PerfEvent implements AutoCloseable {
  /// Cache events: number, operation (read 0, write 1), result (access 0, miss 1).
  private static final int DTLB = 3;

  private static final int PERF_EVENT_OPEN = 298;
  private static final int READ = 0;
  private static final int ATTRIBUTE_BYTES = 128;
  private static final int TOTAL_TIMES = 1 | 2;
  private static final long INHERIT = 1L << 1;
  private static final long EXCLUDE_KERNEL = 1L << 5;
  private static final long EXCLUDE_HYPERVISOR = 1L << 6;
  private static final long CLOEXEC = 8;

  /// What is counted.
  public enum Kind {
    CYCLES("cycles", 0, 0),
    INSTRUCTIONS("instructions", 0, 1),
    DTLB_READ_MISSES("dTLB-load-misses", 3, DTLB | 1 << 16),
    DTLB_WRITE_MISSES("dTLB-store-misses", 3, DTLB | 1 << 8 | 1 << 16),
    /// Nanoseconds on a CPU.
    TASK_CLOCK("task-clock", 1, 1),
    PAGE_FAULTS("page-faults", 1, 2),
    CONTEXT_SWITCHES("context-switches", 1, 3),
    MIGRATIONS("cpu-migrations", 1, 4);

    private final String label;
    private final int type;
    private final long config;

    Kind(String label, int type, long config) {
      this.label = label;
      this.type = type;
      this.config = config;
    }

    /// Its name in `perf list`.
    public String label() {
      return label;
    }

    /// Whether it happens in the kernel, so that there is nothing to count in user space alone.
    private boolean inKernel() {
      return this == CONTEXT_SWITCHES || this == MIGRATIONS;
    }

    /// Whether a counter of the CPU is needed, which many virtual machines have not.
    public boolean hardware() {
      return type != 1;
    }
  }

  private final Kind kind;
  private final int fd;
  private final boolean withKernel;

  private PerfEvent(Kind kind, int fd, boolean withKernel) {
    this.kind = kind;
    this.fd = fd;
    this.withKernel = withKernel;
  }

  /// Opens a counter that counts from now on, in user space and, if that is permitted, in the
  /// kernel. Throws [SystemCallException]: `ENOENT` or `EOPNOTSUPP` where the CPU has no such
  /// counter, `EACCES` or `EPERM` where `kernel.perf_event_paranoid` forbids it.
  ///
  /// @param thread the kernel's number of a thread of this process; 0 for the calling one
  /// @param children whether threads that it starts later count as well
  public static PerfEvent open(Kind kind, int thread, boolean children) {
    try {
      return new PerfEvent(kind, open(kind, thread, children, false), true);
    } catch (SystemCallException e) {
      boolean forbidden = e.errno() == Errno.EACCES.number() || e.errno() == Errno.EPERM.number();
      if (!forbidden || kind.inKernel()) {
        throw e;
      }
      return new PerfEvent(kind, open(kind, thread, children, true), false);
    }
  }

  private static int open(Kind kind, int thread, boolean children, boolean userOnly) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = arena.allocate(ATTRIBUTE_BYTES, Long.BYTES);
      attribute.set(JAVA_INT, 0, kind.type);
      attribute.set(JAVA_INT, 4, ATTRIBUTE_BYTES);
      attribute.set(JAVA_LONG, 8, kind.config);
      attribute.set(JAVA_LONG, 32, TOTAL_TIMES);
      attribute.set(
          JAVA_LONG,
          40,
          (children ? INHERIT : 0) | (userOnly ? EXCLUDE_KERNEL | EXCLUDE_HYPERVISOR : 0));
      return (int)
          Libc.syscall(
              "perf_event_open of " + kind.label,
              PERF_EVENT_OPEN,
              attribute.address(),
              thread,
              -1,
              -1,
              CLOEXEC);
    }
  }

  public Kind kind() {
    return kind;
  }

  /// Whether work of the kernel is in the count.
  public boolean countsKernel() {
    return withKernel;
  }

  /// The count since it was opened, scaled to all of that time; 0 as long as it never ran.
  public double read() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment values = arena.allocate(JAVA_LONG, 3);
      Libc.syscall("read of " + kind.label, READ, fd, values.address(), values.byteSize());
      double enabled = values.getAtIndex(JAVA_LONG, 1);
      double running = values.getAtIndex(JAVA_LONG, 2);
      return running > 0 ? values.getAtIndex(JAVA_LONG, 0) * (enabled / running) : 0;
    }
  }

  @Override
  public void close() {
    Libc.syscall("close of " + kind.label, 3, fd);
  }
}
