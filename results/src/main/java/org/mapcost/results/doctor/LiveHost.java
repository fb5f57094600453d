package org.mapcost.results.doctor;

import java.util.List;
import java.util.Optional;

/// What can only be found out by trying.
interface LiveHost {
  /// Which perf events can be opened.
  ///
  /// @param hardware those of the CPU, such as cycles
  /// @param software those of the kernel, such as page faults
  /// @param kernel whether the kernel's own work is counted
  /// @param reason why not, by the errno's name; empty where all can
  record Perf(boolean hardware, boolean software, boolean kernel, String reason) {}

  /// CPUs that this process may run on.
  List<Integer> allowedCpus();

  Perf perf();

  /// The share of its time that a spinning thread loses in breaks it notices.
  double lostShare();

  /// What the hypervisor took in that time, in percent; absent where the host does not say.
  Optional<Double> stealPercent();

  /// What one reading of the clock takes.
  double clockNanoseconds();
}
