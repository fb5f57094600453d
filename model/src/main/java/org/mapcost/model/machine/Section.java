package org.mapcost.model.machine;

import java.util.Locale;

/// The parts of a machine file.
public enum Section {
  /// How many CPUs there are and what they share.
  TOPOLOGY,
  /// How fast a core runs, and how many cycles kernel code takes for an instruction.
  CORE,
  /// Sizes and latencies of the caches, and what a line costs to fetch from another core.
  CACHES,
  /// The second-level TLB and the walk behind it.
  TLB,
  /// Latency and bandwidth of memory and of devices.
  MEMORY,
  /// Instructions the machine has, and mitigations its kernels turn on.
  FEATURES,
  /// What a hypervisor adds; nothing on bare metal.
  VIRTUAL,
  /// What single steps cost.
  PRICES;

  /// `topology`, `core`, ...
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
