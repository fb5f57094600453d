package org.mapcost.model.tlb;

/// When an address space gets a number that all CPUs know it by, so that its flushes can be
/// broadcast (`consider_global_asid`).
///
/// The kernel looks after a flush that interrupted other CPUs, for about one in 32 of them. Until
/// every CPU has gone over to the new number, flushes are broadcast and interrupt as well.
///
/// Kernel: `arch/x86/mm/tlb.c`, read in 6.15. Not recorded.
public final class GlobalAsid {
  /// The numbers that a CPU gives to address spaces by itself (`TLB_NR_DYN_ASIDS`); global ones lie
  /// above.
  public static final int DYNAMIC = 6;

  /// On more CPUs than this a program must be active.
  private static final int FEW = 3;

  private static final int ONE_IN = 32;

  private GlobalAsid() {}

  /// Whether the kernel looks at all.
  ///
  /// @param pid the caller's process number
  /// @param jiffies the kernel's clock, in ticks
  public static boolean looks(long pid, long jiffies) {
    return pid % ONE_IN == jiffies % ONE_IN;
  }

  /// Whether it then gives one.
  ///
  /// @param active CPUs that run the program, the caller's included and lazy ones left out
  public static boolean gives(int active) {
    return active > FEW;
  }
}
