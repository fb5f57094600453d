package org.mapcost.results.calibrate;

import org.mapcost.model.machine.Parameter;

/// Why user space of a host cannot find a value out.
final class Unidentified {
  private Unidentified() {}

  /// A few words, without a full stop.
  static String why(Parameter parameter, Points points) {
    return switch (parameter) {
      case LINE_TRANSFER_REMOTE, DRAM_LATENCY_REMOTE ->
          points.host().sockets() > 1 ? "no probe crosses sockets" : "one socket";
      case LINE_TRANSFER_FAR ->
          points.host().llcs() > points.host().sockets()
              ? "no probe crosses last-level caches"
              : "one last-level cache a socket";
      case SOCKET_READ_BANDWIDTH, SOCKET_WRITE_BANDWIDTH ->
          "probes use one core, and a socket's bandwidth needs all of them";
      case UNCACHED_READ, UNCACHED_WRITE, COMBINED_LINE_WRITE, DEVICE_READ ->
          "no uncached or write-combining mapping from user space without a device";
      case CYCLES_PER_INSTRUCTION, LOOP_CYCLES_PER_INSTRUCTION ->
          "instructions of the kernel are not counted by probes";
      case GLOBAL_FLUSH, PGE_TOGGLE, CR3_WRITE, INVPCID_PAGE ->
          "privileged, and no call of user space does it alone";
      case WBINVD_UOPS, WBINVD_UOP, WBINVD_SHARING, WBNOINVD_WALK -> "WBINVD is privileged";
      case INVLPGB_ISSUE, INVLPGB_PAGES, TLBSYNC ->
          "INVLPGB is privileged" + (points.host().virtual() ? " and no guest has it" : "");
      case FAULT_ENTRY, FAULT_RETURN -> "a fault is measured as a whole, with its handler";
      case FLUSH_CALL, CR3_FLUSH -> "too small beside the system call around it, in this run";
      case COLD_LINES -> "probes run warm";
      case C_STATE_EXIT -> "user flushes and membarrier leave idle CPUs out";
      case IPI_SEND, IPI_ACKNOWLEDGE, IPI_LINES ->
          "an interrupt is measured as a whole, its rest is in ipi_delivery";
      case IPI_SEND_TARGET ->
          points.peers() < 3
              ? "no more targets than %d here".formatted(points.peers())
              : "the slope over targets was not measured";
      case STLB -> "only the walk behind it is measured";
      default ->
          points.peers() == 0
                  && (parameter == Parameter.IPI_DELIVERY
                      || parameter == Parameter.LINE_TRANSFER_NEAR
                      || parameter == Parameter.LOCK_TRANSFERS)
              ? "one CPU"
              : "its probe gave no value in this run";
    };
  }
}
