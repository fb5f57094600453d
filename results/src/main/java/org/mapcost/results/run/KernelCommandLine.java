package org.mapcost.results.run;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The kernel's command line with what is private taken out.
///
/// Values stay only at parameters that change how fast the kernel runs or what it maps (the
/// kernel's `admin-guide/kernel-parameters`); at any other key the value goes, and keys that name a
/// disk, a network address or a program go whole. So does all that init gets, behind `--`.
final class KernelCommandLine {
  private static final Set<String> HARMLESS =
      Set.of(
          "amd_iommu",
          "amd_pstate",
          "cgroup_disable",
          "clocksource",
          "console",
          "cpufreq.default_governor",
          "default_hugepagesz",
          "gather_data_sampling",
          "hugepages",
          "hugepagesz",
          "idle",
          "intel_idle.max_cstate",
          "intel_iommu",
          "intel_pstate",
          "iomem",
          "iommu",
          "irqaffinity",
          "isolcpus",
          "kpti",
          "kvm-intel.ept",
          "l1tf",
          "maxcpus",
          "mds",
          "mem",
          "memmap",
          "mitigations",
          "nohz",
          "nohz_full",
          "nr_cpus",
          "numa",
          "numa_balancing",
          "pci",
          "possible_cpus",
          "preempt",
          "processor.max_cstate",
          "psi",
          "pti",
          "rcu_nocbs",
          "retbleed",
          "spec_rstack_overflow",
          "spec_store_bypass_disable",
          "spectre_v2",
          "spectre_v2_user",
          "srbds",
          "swiotlb",
          "thp_anon",
          "transparent_hugepage",
          "tsa",
          "tsc",
          "tsx",
          "tsx_async_abort",
          "vmscape",
          "vsyscall");

  private static final Pattern PRIVATE =
      Pattern.compile(
          "(root|ip|resume|nfsroot|boot_image|rd\\..*|.*init|.*uuid.*|.*mac.*|.*host.*"
              + "|.*addr.*|.*key.*|.*token.*|.*pass.*|.*user.*)");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.-]{0,40}");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private KernelCommandLine() {}

  static String withoutPrivateParts(String line) {
    String kernels = line.split("(^|\\s)--(\\s|$)", 2)[0];
    return Arrays.stream(kernels.trim().split("\\s+"))
        .map(KernelCommandLine::kept)
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" "));
  }

  private static Optional<String> kept(String parameter) {
    int equals = parameter.indexOf('=');
    String key = equals < 0 ? parameter : parameter.substring(0, equals);
    if (HARMLESS.contains(key)) {
      return Optional.of(parameter).filter(each -> !UUID.matcher(each).find());
    }
    if (!NAME.matcher(key).matches()
        || PRIVATE.matcher(key).matches()
        || UUID.matcher(key).find()) {
      return Optional.empty();
    }
    return Optional.of(equals < 0 ? key : key + "=");
  }
}
