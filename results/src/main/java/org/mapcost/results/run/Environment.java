package org.mapcost.results.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The host that measured: `environment.json`. What a host does not show is absent.
///
/// @param schema [#SCHEMA]
/// @param time when it was read, ISO 8601
/// @param os the JVM's name of the operating system, `Linux`
/// @param arch the JVM's name of the architecture, `amd64`
/// @param caches those of CPU 0
/// @param memoryBytes what the kernel manages, `MemTotal`
/// @param transparentHugePages `always`, `madvise` or `never`
/// @param aslr `kernel.randomize_va_space`: 0 off, 1 without the heap, 2 with it
/// @param governor the frequency governor of CPU 0
/// @param clockSource what the kernel reads the time from
/// @param loadAverage runnable tasks over 1, 5 and 15 minutes, before the run
/// @param steal what the hypervisor took
/// @param numa the memory nodes and their CPUs
/// @param loadHighest the most runnable tasks over a minute that were seen between forks
/// @param mitigations the kernel's answer to each CPU vulnerability
public record Environment(
    String schema,
    String time,
    String os,
    String arch,
    Cpu cpu,
    List<Cache> caches,
    @Nullable Long memoryBytes,
    @Nullable Hypervisor hypervisor,
    Kernel kernel,
    Map<String, String> mitigations,
    @Nullable String transparentHugePages,
    @Nullable Integer aslr,
    @Nullable String governor,
    @Nullable String clockSource,
    @Nullable List<Double> loadAverage,
    @Nullable Steal steal,
    Jvm jvm,
    Build mapcost,
    @Nullable List<NumaNode> numa,
    @Nullable Double loadHighest) {
  public static final String SCHEMA = "mapcost/environment/1";

  /// One memory node.
  ///
  /// @param cpus as a kernel CPU list
  /// @param memoryBytes of the node
  public record NumaNode(int node, String cpus, @Nullable Long memoryBytes) {}

  /// A host of which neither memory nodes nor its load during a run are known.
  public Environment(
      String schema,
      String time,
      String os,
      String arch,
      Cpu cpu,
      List<Cache> caches,
      @Nullable Long memoryBytes,
      @Nullable Hypervisor hypervisor,
      Kernel kernel,
      Map<String, String> mitigations,
      @Nullable String transparentHugePages,
      @Nullable Integer aslr,
      @Nullable String governor,
      @Nullable String clockSource,
      @Nullable List<Double> loadAverage,
      @Nullable Steal steal,
      Jvm jvm,
      Build mapcost) {
    this(
        schema,
        time,
        os,
        arch,
        cpu,
        caches,
        memoryBytes,
        hypervisor,
        kernel,
        mitigations,
        transparentHugePages,
        aslr,
        governor,
        clockSource,
        loadAverage,
        steal,
        jvm,
        mapcost,
        null,
        null);
  }

  /// The processors.
  ///
  /// @param logical CPUs that the kernel runs, hardware threads each
  /// @param cores of all sockets
  public record Cpu(
      @Nullable String model,
      int logical,
      @Nullable Integer sockets,
      @Nullable Integer cores,
      @Nullable Integer threadsPerCore,
      @Nullable String microcode) {}

  /// One cache of CPU 0.
  ///
  /// @param type `Data`, `Instruction` or `Unified`
  /// @param sharedCpus the CPUs that share it, as a kernel CPU list
  public record Cache(int level, String type, long bytes, @Nullable String sharedCpus) {}

  /// What the host says of a machine below it.
  ///
  /// @param flag whether the CPU flag `hypervisor` is set: this is a virtual machine
  /// @param vendor DMI's `sys_vendor`
  /// @param product DMI's `product_name`
  /// @param name what the CPU calls it, `KVM`
  public record Hypervisor(
      boolean flag, @Nullable String vendor, @Nullable String product, @Nullable String name) {
    /// A machine whose CPU does not name it.
    public Hypervisor(boolean flag, @Nullable String vendor, @Nullable String product) {
      this(flag, vendor, product, null);
    }
  }

  /// The kernel.
  ///
  /// @param commandLine without what is private, see [KernelCommandLine]
  public record Kernel(@Nullable String release, @Nullable String commandLine) {}

  /// Ticks (1/100 s) over all CPUs in which this virtual machine was ready and did not run,
  /// `/proc/stat`, since boot.
  ///
  /// @param before the run
  /// @param after the run, absent while it lasts
  public record Steal(long before, @Nullable Long after) {}

  /// The measured JVM.
  ///
  /// @param flags of the forks
  public record Jvm(String name, String vendor, String version, List<String> flags) {}

  /// The size of CPU 0's data or unified cache of a level.
  public OptionalLong cacheBytes(int level) {
    return caches.stream()
        .filter(each -> each.level() == level && !each.type().equals("Instruction"))
        .mapToLong(Cache::bytes)
        .max();
  }

  @JsonIgnore
  public Optional<String> cpuModel() {
    return Optional.ofNullable(cpu.model());
  }

  @JsonIgnore
  public Optional<String> kernelRelease() {
    return Optional.ofNullable(kernel.release());
  }

  /// Whether this is the kind of host that mapcost's questions are about.
  @JsonIgnore
  public boolean isX86Linux() {
    return os.equals("Linux") && List.of("amd64", "x86_64", "i386", "x86").contains(arch);
  }

  /// The same host after the run.
  ///
  /// @param ticks stolen since boot, absent where the host does not say
  Environment afterRun(OptionalLong ticks) {
    if (steal == null || ticks.isEmpty()) {
      return this;
    }
    return with(new Steal(steal.before(), ticks.getAsLong()), loadHighest);
  }

  /// The same host with its load at one moment of the run.
  ///
  /// @param average runnable tasks over 1, 5 and 15 minutes
  Environment loaded(Optional<List<Double>> average) {
    return average
        .map(each -> with(steal, Math.max(each.getFirst(), loadHighest == null ? 0 : loadHighest)))
        .orElse(this);
  }

  private Environment with(@Nullable Steal taken, @Nullable Double load) {
    return new Environment(
        schema,
        time,
        os,
        arch,
        cpu,
        caches,
        memoryBytes,
        hypervisor,
        kernel,
        mitigations,
        transparentHugePages,
        aslr,
        governor,
        clockSource,
        loadAverage,
        taken,
        jvm,
        mapcost,
        numa,
        load);
  }
}
