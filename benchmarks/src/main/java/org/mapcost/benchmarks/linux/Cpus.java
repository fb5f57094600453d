package org.mapcost.benchmarks.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// The CPUs that threads may run on, and on which one they do.
///
/// Affinity belongs to a thread and not to the process: every thread that is to stay has to be
/// pinned by itself, and children inherit it.
public final class Cpus {
  private static final Path TASKS = Path.of("/proc/self/task");
  private static final Path AUTOGROUP = Path.of("/proc/self/autogroup");
  private static final int GETTID = 186;
  private static final int SCHED_SETAFFINITY = 203;
  private static final int SCHED_GETAFFINITY = 204;
  private static final int GETCPU = 309;
  private static final int SETPRIORITY = 141;
  private static final int SETSID = 112;

  /// Bytes of a mask, for 8192 CPUs, the most that a kernel is built for.
  private static final int MASK_BYTES = 1024;

  private Cpus() {}

  /// The CPUs the calling thread may run on, in order.
  public static List<Integer> allowed() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
      Libc.syscall("sched_getaffinity", SCHED_GETAFFINITY, 0, MASK_BYTES, mask.address());
      return List.copyOf(
          new ArrayList<>(
              BitSet.valueOf(mask.toArray(ValueLayout.JAVA_BYTE)).stream().boxed().toList()));
    }
  }

  /// Keeps the calling thread on some CPUs. Throws [SystemCallException] where it may run on none
  /// of them.
  public static void restrictTo(List<Integer> cpus) {
    BitSet bits = new BitSet();
    cpus.forEach(bits::set);
    byte[] bytes = java.util.Arrays.copyOf(bits.toByteArray(), MASK_BYTES);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      Libc.syscall(
          "sched_setaffinity to CPUs " + cpus, SCHED_SETAFFINITY, 0, MASK_BYTES, mask.address());
    }
  }

  /// Keeps the calling thread on one CPU and checks that it is there.
  public static void pin(int cpu) {
    restrictTo(List.of(cpu));
    int now = current();
    if (now != cpu) {
      throw new IllegalStateException("pinned to CPU " + cpu + " and running on CPU " + now);
    }
  }

  /// The CPU the calling thread runs on at this moment.
  public static int current() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment cpu = arena.allocate(ValueLayout.JAVA_INT);
      Libc.syscall("getcpu", GETCPU, cpu.address(), 0, 0);
      return cpu.get(ValueLayout.JAVA_INT, 0);
    }
  }

  /// The kernel's number of the calling thread.
  public static int thread() {
    return (int) Libc.syscall("gettid", GETTID);
  }

  /// Puts all threads that this process has now, and those that they start, before other programs.
  /// Returns whether the kernel permits it: root and `CAP_SYS_NICE` may.
  ///
  /// The process becomes a session of its own: nice values count within a session alone where the
  /// kernel groups programs by it (`CONFIG_SCHED_AUTOGROUP`), and the group has one of its own.
  ///
  /// @param nice -20, before all others, to 19
  public static boolean preferThisProcess(int nice) {
    Libc.quickly(SETSID, 0, 0, 0);
    boolean all = true;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(TASKS)) {
      for (Path thread : threads) {
        int number = Integer.parseInt(thread.getFileName().toString());
        all &= Libc.quickly(SETPRIORITY, 0, number, nice) == 0;
      }
      if (all && Files.exists(AUTOGROUP)) {
        Files.writeString(AUTOGROUP, String.valueOf(nice));
      }
    } catch (IOException | NumberFormatException e) {
      return false;
    }
    return all;
  }
}
