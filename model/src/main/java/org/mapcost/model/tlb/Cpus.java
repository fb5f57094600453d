package org.mapcost.model.tlb;

/// The CPUs of a machine, seen from the one that asks for a flush.
///
/// @param online all of them, the caller included
/// @param idle those of the others that are idle; a kernel-range flush interrupts them all the same
/// @param invlpgb whether they have AMD's broadcast flush
public record Cpus(int online, int idle, boolean invlpgb) {
  public Cpus {
    if (online < 1 || idle < 0 || idle >= online) {
      throw new IllegalArgumentException(
          "at least the caller is online and not idle: %d online, %d idle".formatted(online, idle));
    }
  }

  /// CPUs that are all at work and have no broadcast flush.
  public static Cpus running(int online) {
    return new Cpus(online, 0, false);
  }

  /// All CPUs but the caller.
  public int others() {
    return online - 1;
  }
}
