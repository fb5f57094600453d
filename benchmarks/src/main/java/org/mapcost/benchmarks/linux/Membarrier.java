package org.mapcost.benchmarks.linux;

/// A memory barrier on every CPU that runs a thread of this process (`membarrier`, 4.14 and later):
/// an interrupt to each, and the wait for all. It is the cheapest way from user space to interrupt
/// other CPUs and nothing else.
public final class Membarrier {
  private static final int MEMBARRIER = 324;
  private static final int PRIVATE_EXPEDITED = 8;
  private static final int REGISTER_PRIVATE_EXPEDITED = 16;

  private Membarrier() {}

  /// Must be called once before [#run]. Throws [SystemCallException] where the kernel has it not.
  public static void register() {
    Libc.syscall("membarrier", MEMBARRIER, REGISTER_PRIVATE_EXPEDITED);
  }

  /// One barrier.
  public static void run() {
    if (Libc.quickly(MEMBARRIER, PRIVATE_EXPEDITED, 0, 0) != 0) {
      Libc.syscall("membarrier", MEMBARRIER, PRIVATE_EXPEDITED);
    }
  }

  /// The shortest call there is to compare with: `membarrier(QUERY)` enters the kernel and does
  /// nothing there.
  public static void query() {
    Libc.quickly(MEMBARRIER, 0, 0, 0);
  }
}
