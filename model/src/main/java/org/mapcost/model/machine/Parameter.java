package org.mapcost.model.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mapcost.model.Nearest;

/// Everything a machine file can say. The lower-case name is the key in the file; behind `--set
/// machine.` it may stand alone (`machine.cpus`) or with its section (`machine.prices.invlpg`).
public enum Parameter {
  SOCKETS(Section.TOPOLOGY, Dimension.COUNT, "CPU packages"),
  CORES(Section.TOPOLOGY, Dimension.COUNT, "cores of a socket"),
  THREADS(Section.TOPOLOGY, Dimension.COUNT, "hardware threads of a core"),
  LLCS(Section.TOPOLOGY, Dimension.COUNT, "last-level caches of a socket"),
  CPUS(Section.TOPOLOGY, Dimension.COUNT, "logical CPUs; all hardware threads if not given"),

  CLOCK(Section.CORE, Dimension.FREQUENCY, "clock of a core while it runs kernel code"),
  CYCLES_PER_INSTRUCTION(
      Section.CORE, Dimension.RATIO, "cycles an instruction of ordinary kernel code takes"),
  LOOP_CYCLES_PER_INSTRUCTION(
      Section.CORE, Dimension.RATIO, "cycles an instruction of a short, warm loop takes"),

  L1D(Section.CACHES, Dimension.BYTES, "first-level data cache of a core"),
  L2(Section.CACHES, Dimension.BYTES, "second-level cache of a core"),
  LLC(Section.CACHES, Dimension.BYTES, "one last-level cache"),
  L1_LATENCY(Section.CACHES, Dimension.TIME, "load to use from the first level"),
  L2_LATENCY(Section.CACHES, Dimension.TIME, "load to use from the second level"),
  LLC_LATENCY(Section.CACHES, Dimension.TIME, "load to use from the last level"),
  LINE_TRANSFER_NEAR(Section.CACHES, Dimension.TIME, "a line from a core of the same LLC"),
  LINE_TRANSFER_FAR(Section.CACHES, Dimension.TIME, "a line from another LLC of the socket"),
  LINE_TRANSFER_REMOTE(Section.CACHES, Dimension.TIME, "a line from a core of another socket"),
  LOCKED_OPERATION(Section.CACHES, Dimension.TIME, "a locked instruction on a line held"),

  STLB(Section.TLB, Dimension.COUNT, "second-level TLB entries for 4 KiB pages"),
  PAGE_WALK(Section.TLB, Dimension.TIME, "a page walk besides fetching the last entry"),

  DRAM_LATENCY(Section.MEMORY, Dimension.TIME, "load to use from memory of the own node"),
  DRAM_LATENCY_REMOTE(Section.MEMORY, Dimension.TIME, "the same from another socket's memory"),
  CORE_READ_BANDWIDTH(Section.MEMORY, Dimension.BANDWIDTH, "memory reads of one core"),
  CORE_WRITE_BANDWIDTH(Section.MEMORY, Dimension.BANDWIDTH, "lines one core writes back"),
  SOCKET_READ_BANDWIDTH(Section.MEMORY, Dimension.BANDWIDTH, "memory reads of a socket"),
  SOCKET_WRITE_BANDWIDTH(Section.MEMORY, Dimension.BANDWIDTH, "lines a socket writes back"),
  UNCACHED_READ(Section.MEMORY, Dimension.TIME, "one uncached read of memory, there and back"),
  DEVICE_READ(Section.MEMORY, Dimension.TIME, "one uncached read of a device, there and back"),
  UNCACHED_WRITE(Section.MEMORY, Dimension.TIME, "one uncached write, at the rate of many"),
  COMBINED_LINE_WRITE(Section.MEMORY, Dimension.TIME, "64 combined bytes, at the rate of many"),

  PTI(Section.FEATURES, Dimension.FLAG, "kernels isolate their page tables (Meltdown)"),
  INVPCID(Section.FEATURES, Dimension.FLAG, "INVPCID, for flushes of everything"),
  INVLPGB(Section.FEATURES, Dimension.FLAG, "INVLPGB and TLBSYNC, broadcast flushes"),
  WBNOINVD(Section.FEATURES, Dimension.FLAG, "WBNOINVD; without it WBINVD runs instead"),

  IPI_EXIT(Section.VIRTUAL, Dimension.TIME, "exits to the hypervisor, for each target of an IPI"),
  PREEMPTED_WAIT(Section.VIRTUAL, Dimension.TIME, "until a preempted virtual CPU runs again"),
  NESTED_WALK(Section.VIRTUAL, Dimension.RATIO, "a page walk, as a multiple of bare metal's"),
  PV_FLUSH(
      Section.VIRTUAL, Dimension.FLAG, "flushes of user memory leave preempted virtual CPUs out"),

  FAULT_ENTRY(Section.PRICES, Dimension.TIME, "the CPU's own part of taking an exception"),
  FAULT_RETURN(Section.PRICES, Dimension.TIME, "the CPU's own part of IRET"),
  CR3_WRITE(Section.PRICES, Dimension.TIME, "a CR3 write that keeps the TLB, as PTI needs two"),
  INVLPG(Section.PRICES, Dimension.TIME, "one page's translation dropped on one CPU"),
  INVPCID_PAGE(Section.PRICES, Dimension.TIME, "the same for the user half under PTI"),
  CR3_FLUSH(Section.PRICES, Dimension.TIME, "one address space dropped on one CPU"),
  GLOBAL_FLUSH(Section.PRICES, Dimension.TIME, "everything dropped on one CPU by INVPCID"),
  PGE_TOGGLE(Section.PRICES, Dimension.TIME, "everything dropped on one CPU by two CR4 writes"),
  FLUSH_CALL(Section.PRICES, Dimension.TIME, "the kernel's way to a flush and back, warm"),
  COLD_LINES(
      Section.PRICES,
      Dimension.RATIO,
      "lines of code and data such a call fetches from memory cold"),
  LOCK_TRANSFERS(
      Section.PRICES,
      Dimension.RATIO,
      "cache lines moved one after another when a spinlock passes to a waiter"),
  IPI_SEND(Section.PRICES, Dimension.TIME, "a call of other CPUs, whatever their number"),
  IPI_SEND_TARGET(Section.PRICES, Dimension.TIME, "each CPU in the list of targets"),
  IPI_LINES(Section.PRICES, Dimension.RATIO, "lines fetched from each target while it is queued"),
  IPI_DELIVERY(Section.PRICES, Dimension.TIME, "from the send to the target's interrupt"),
  IPI_ACKNOWLEDGE(Section.PRICES, Dimension.TIME, "from the target's last store to the sender"),
  C_STATE_EXIT(Section.PRICES, Dimension.TIME, "until an idle CPU runs"),
  INVLPGB_ISSUE(Section.PRICES, Dimension.TIME, "one INVLPGB"),
  INVLPGB_PAGES(Section.PRICES, Dimension.COUNT, "pages one INVLPGB names at most"),
  TLBSYNC(Section.PRICES, Dimension.TIME, "until every CPU has done what was broadcast"),
  CLFLUSH_ABSENT(Section.PRICES, Dimension.TIME, "CLFLUSHOPT of a line no cache holds"),
  CLFLUSH_CLEAN(Section.PRICES, Dimension.TIME, "CLFLUSHOPT of a clean cached line"),
  WBINVD_UOPS(Section.PRICES, Dimension.RATIO, "micro-operations of WBINVD for a line of cache"),
  WBINVD_UOP(Section.PRICES, Dimension.TIME, "one of them"),
  WBINVD_SHARING(
      Section.PRICES,
      Dimension.RATIO,
      "how much of its walk each sharer of an LLC adds to the others', 0 to 1"),
  WBNOINVD_WALK(Section.PRICES, Dimension.RATIO, "the walk of WBNOINVD, as a multiple of WBINVD's"),
  PAGE_CLEAR(Section.PRICES, Dimension.TIME, "4096 bytes of zeros"),
  PAGE_COPY(Section.PRICES, Dimension.TIME, "4096 bytes copied");

  private final Section section;
  private final Dimension dimension;
  private final String description;

  Parameter(Section section, Dimension dimension, String description) {
    this.section = section;
    this.dimension = dimension;
    this.description = description;
  }

  /// `cpus`, `invlpg`, ...
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// `topology.cpus`, `prices.invlpg`, ...
  public String path() {
    return section.key() + "." + key();
  }

  public Section section() {
    return section;
  }

  public Dimension dimension() {
    return dimension;
  }

  /// What it is, in a few words.
  public String description() {
    return description;
  }

  /// The parameter with a key, with or without its section. Throws `InputException`, with the
  /// nearest known key, for any other.
  public static Parameter ofKey(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(each -> each.key().equals(lower) || each.path().equals(lower))
        .findFirst()
        .orElseThrow(() -> Nearest.unknown("machine key", key, keys(key.contains("."))));
  }

  private static List<String> keys(boolean paths) {
    List<String> keys = new ArrayList<>();
    for (Parameter each : values()) {
      keys.add(paths ? each.path() : each.key());
    }
    return keys;
  }
}
