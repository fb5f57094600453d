package org.mapcost.model.tlb;

/// Which CPUs hold one address space (`mm_cpumask`), the caller left out.
///
/// @param running CPUs that run one of its threads
/// @param lazy CPUs that keep it loaded while they idle or run a kernel thread
/// @param loadedHere whether the calling CPU runs in it; reclaim and the like flush from outside
/// @param globalAsid whether it owns a number that all CPUs know it by, so that `INVLPGB` reaches
///   it; the kernel gives one to spaces that are active on more than 3 CPUs
public record AddressSpace(int running, int lazy, boolean loadedHere, boolean globalAsid) {
  /// Only the caller runs in it.
  public static final AddressSpace OF_THE_CALLER = new AddressSpace(0, 0, true, false);

  public AddressSpace {
    if (running < 0 || lazy < 0) {
      throw new IllegalArgumentException("an address space is on no negative number of CPUs");
    }
  }

  /// The caller runs in it, and others.
  public static AddressSpace shared(int running, int lazy) {
    return new AddressSpace(running, lazy, true, false);
  }
}
