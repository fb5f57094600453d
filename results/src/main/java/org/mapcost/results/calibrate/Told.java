package org.mapcost.results.calibrate;

import java.util.EnumMap;
import java.util.Map;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.Quantity;

/// What a host says of itself, exactly: topology, sizes of caches, features.
final class Told {
  private static final String TOPOLOGY = "this host: /sys/devices/system/cpu";
  private static final String FLAGS = "this host: /proc/cpuinfo";
  private static final String VIRTUAL = "epyc-vm";

  private Told() {}

  static Map<Parameter, Quantity> of(HostFacts host) {
    Map<Parameter, Quantity> told = new EnumMap<>(Parameter.class);
    put(told, Parameter.SOCKETS, host.sockets(), "", TOPOLOGY);
    put(told, Parameter.CORES, Math.max(1, host.cores() / host.sockets()), "", TOPOLOGY);
    put(told, Parameter.THREADS, Math.max(1, host.cpus() / host.cores()), "", TOPOLOGY);
    put(told, Parameter.LLCS, Math.max(1, host.llcs() / host.sockets()), "", TOPOLOGY);
    put(told, Parameter.CPUS, host.cpus(), "", TOPOLOGY);
    size(told, Parameter.L1D, host.l1d());
    size(told, Parameter.L2, host.l2());
    size(told, Parameter.LLC, host.llc());
    put(
        told,
        Parameter.PTI,
        host.pti() ? 1 : 0,
        "",
        "this host: /sys/devices/system/cpu/vulnerabilities/meltdown");
    put(told, Parameter.INVPCID, flag(host, "invpcid"), "", FLAGS);
    put(told, Parameter.INVLPGB, flag(host, "invlpgb"), "", FLAGS);
    put(told, Parameter.WBNOINVD, flag(host, "wbnoinvd"), "", FLAGS);
    if (host.virtual()) {
      put(
          told,
          Parameter.NESTED_WALK,
          1,
          "",
          "measured here: page_walk was measured in the guest, so nesting is inside it");
      for (Parameter parameter :
          new Parameter[] {Parameter.PREEMPTED_WAIT, Parameter.PV_FLUSH, Parameter.IPI_EXIT}) {
        Quantity of = Machines.named(VIRTUAL).quantity(parameter);
        told.put(
            parameter,
            new Quantity(
                of.interval(),
                of.unit(),
                of.source(),
                "not identifiable here (a guest does not see it): class default of "
                    + VIRTUAL
                    + (of.note().isEmpty() ? "" : "; " + of.note())));
      }
    }
    return told;
  }

  private static int flag(HostFacts host, String flag) {
    return host.flags().contains(flag) ? 1 : 0;
  }

  private static void size(Map<Parameter, Quantity> told, Parameter parameter, long bytes) {
    if (bytes > 0) {
      put(told, parameter, (double) bytes, "B", TOPOLOGY);
    }
  }

  private static void put(
      Map<Parameter, Quantity> told,
      Parameter parameter,
      double value,
      String unit,
      String source) {
    told.put(parameter, new Quantity(Interval.exactly(value), unit, source, ""));
  }
}
