package org.mapcost.results.calibrate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.mapcost.benchmarks.host.Placement;
import org.mapcost.benchmarks.host.ProbePoint;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.Quantity;

/// This host as a machine: what it says of itself, what probes measured, and for the rest the
/// values of the class it belongs to, marked as such.
///
/// @param machine all of it
/// @param className the machine that the rest comes from
/// @param measured what probes measured
/// @param told what the host says of itself
/// @param unidentified why the other values could not be found out here
/// @param forks how many measured
/// @param missing what could not be measured, with the reason, one sentence a point
/// @param also measurements that are no price of their own
public record Calibration(
    Machine machine,
    String className,
    Map<Parameter, Quantity> measured,
    Map<Parameter, Quantity> told,
    Map<Parameter, String> unidentified,
    int forks,
    List<String> missing,
    List<Also> also) {
  /// A measurement that is no price of its own.
  ///
  /// @param what was measured, in words
  /// @param nanoseconds median of the forks
  public record Also(String what, double nanoseconds) {}

  /// Measures this host.
  ///
  /// @param started when the budget began, of `System.nanoTime`
  /// @param say gets a line of progress now and then
  public static Calibration run(Budget budget, long started, Consumer<String> say) {
    HostFacts host = HostFacts.here();
    Points points = new Points(host, Placement.here().peers().size());
    Readings readings =
        Readings.measure(points.ofCalibration(), budget, started, new ForkProcess(), say);
    return of(readings, points);
  }

  static Calibration of(Readings readings, Points points) {
    HostFacts host = points.host();
    String className = MachineClass.of(host);
    Map<Parameter, Quantity> told = Told.of(host);
    Machine base = Machines.named(className);
    for (Map.Entry<Parameter, Quantity> each : told.entrySet()) {
      base = base.with(each.getKey(), each.getValue());
    }
    PriceFits fits = new PriceFits(readings, points, base, Points.CALIBRATED_PAGES);
    Machine machine = fits.machine();
    Map<Parameter, String> unidentified = new EnumMap<>(Parameter.class);
    for (Parameter parameter : Parameter.values()) {
      if (!fits.found().containsKey(parameter) && !told.containsKey(parameter)) {
        unidentified.put(parameter, Unidentified.why(parameter, points));
      }
    }
    return new Calibration(
        new Machine("calibrated-" + className, host.inWords() + "; calibrated", machine.values()),
        className,
        fits.found(),
        told,
        unidentified,
        readings.forks().size(),
        missing(readings, points),
        also(readings));
  }

  private static List<String> missing(Readings readings, Points points) {
    List<String> missing = new ArrayList<>();
    if (points.peers() == 0) {
      missing.add(
          "one CPU for this process: nothing that one CPU does to another was measured; give it two"
              + " or more (taskset, cpuset)");
    }
    for (ProbePoint point : points.ofCalibration()) {
      if (readings.median(point).isEmpty()) {
        missing.add(point + ": " + readings.whyNot(point).orElse("too few slices in the budget"));
      }
    }
    return missing;
  }

  private static List<Also> also(Readings readings) {
    List<Also> also = new ArrayList<>();
    also(readings, Points.fault("ANONYMOUS", 64), "first touch of an anonymous page", also);
    also(readings, Points.fault("MEMFD", 64), "first touch of a page of a memory file", also);
    also(readings, Points.HUGE_FAULT, "first touch of a huge page of 2 MiB", also);
    also(readings, Points.membarrier(0), "membarrier, nobody to interrupt", also);
    also(readings, Points.membarrier(1), "membarrier, one running CPU", also);
    also(
        readings, Points.shootdown("MPROTECT", 1, false), "mprotect of a page, peers parked", also);
    also(
        readings,
        Points.shootdown("MPROTECT", 1, true),
        "mprotect of a page, one peer running",
        also);
    also(readings, Points.writeBack("DIRTY", 1024), "a dirty line written back", also);
    also(readings, Points.lock("QUEUE"), "hand-over of a contended lock", also);
    return also;
  }

  private static void also(Readings readings, ProbePoint point, String what, List<Also> to) {
    readings.median(point).ifPresent(ns -> to.add(new Also(what, ns)));
  }

  /// A value with its note, as it stands in the file.
  Quantity written(Parameter parameter) {
    Quantity quantity = machine.quantity(parameter);
    String why = unidentified.get(parameter);
    if (why == null) {
      return quantity;
    }
    String note =
        "not identifiable here ("
            + why
            + "): class default of "
            + className
            + (quantity.note().isEmpty() ? "" : "; " + quantity.note());
    return new Quantity(quantity.interval(), quantity.unit(), quantity.source(), note);
  }

  /// The interval of a measured value; absent for any other.
  public Optional<Interval> interval(Parameter parameter) {
    return Optional.ofNullable(measured.get(parameter)).map(Quantity::interval);
  }
}
