package org.mapcost.results.calibrate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.mapcost.benchmarks.host.CoreBenchmark;
import org.mapcost.benchmarks.host.ProbePoint;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.Quantity;
import org.mapcost.model.machine.price.Platform;
import org.mapcost.model.machine.price.PriceFunction;
import org.mapcost.model.machine.price.PriceFunctions;

/// The prices that readings identify: a value from each fork, and the spread of the forks.
final class PriceFits {
  private static final int PAGE = 4096;
  private static final int PAGES_OF_HUGE = 512;
  private static final double NANOSECONDS = 1e9;

  private final Readings readings;
  private final Points points;
  private final Map<Parameter, Quantity> found = new EnumMap<>(Parameter.class);
  private final List<FlushFit> flushes = new ArrayList<>();
  private Machine machine;

  /// @param machine whose values hold for what is not measured
  /// @param pages of the shootdowns to fit
  PriceFits(Readings readings, Points points, Machine machine, List<Integer> pages) {
    this.readings = readings;
    this.points = points;
    this.machine = machine;
    core();
    caches();
    memory();
    lines();
    locks();
    flush(pages);
    interrupts();
  }

  /// What was found, with source and fit quality.
  Map<Parameter, Quantity> found() {
    return found;
  }

  /// The machine with what was found.
  Machine machine() {
    return machine;
  }

  /// The fits of the shootdowns, one a fork that has them.
  List<FlushFit> flushes() {
    return flushes;
  }

  private void core() {
    put(
        Parameter.CLOCK,
        each(Points.core("MULTIPLY_ADD"), ns -> CoreBenchmark.CYCLES / ns * NANOSECONDS),
        "Hz",
        "core",
        "chain of multiplication and addition, " + CoreBenchmark.CYCLES + " cycles a link");
    put(
        Parameter.LOCKED_OPERATION,
        each(Points.core("COMPARE_AND_SET"), ns -> ns),
        "ns",
        "core",
        "LOCK CMPXCHG after LOCK CMPXCHG");
  }

  private void caches() {
    put(
        Parameter.L1_LATENCY,
        each(Points.latency(points.inL1(), true), ns -> ns),
        "ns",
        "latency",
        chase(points.inL1()));
    put(
        Parameter.L2_LATENCY,
        each(Points.latency(points.inL2(), true), ns -> ns),
        "ns",
        "latency",
        chase(points.inL2()));
    put(
        Parameter.LLC_LATENCY,
        each(Points.latency(points.inLlc(), true), ns -> ns),
        "ns",
        "latency",
        chase(points.inLlc()));
    put(
        Parameter.DRAM_LATENCY,
        each(Points.latency(points.inMemory(), true), ns -> ns),
        "ns",
        "latency",
        chase(points.inMemory()));
    put(
        Parameter.PAGE_WALK,
        perFork(fork -> {
          OptionalDouble small = fork.value(Points.latency(Points.WALKED, false));
          OptionalDouble large = fork.value(Points.latency(Points.WALKED, true));
          OptionalDouble entry = fork.value(Points.latency(points.inL2(), true));
          return small.isPresent() && large.isPresent() && entry.isPresent()
              ? OptionalDouble.of(
                  Math.max(0, small.getAsDouble() - large.getAsDouble() - entry.getAsDouble()))
              : OptionalDouble.empty();
        }),
        "ns",
        "latency",
        "64 MiB on pages of 4 KiB less 2 MiB, less the entry from the second level"
            + (points.host().virtual() ? "; nesting is inside" : ""));
  }

  private static String chase(long bytes) {
    return "random chase through " + bytes / 1024 + " KiB on pages of 2 MiB";
  }

  private void memory() {
    ToDoubleFunction<Double> rate = ns -> PAGE / ns * NANOSECONDS;
    long bytes = points.inMemory();
    put(
        Parameter.CORE_READ_BANDWIDTH,
        each(Points.pages("READ", bytes), rate),
        "B/s",
        "pages",
        "one load a line, in order");
    put(
        Parameter.CORE_WRITE_BANDWIDTH,
        each(Points.pages("CLEAR", bytes), rate),
        "B/s",
        "pages",
        "pages filled in order; each line is fetched and written back");
    double[] huge = each(Points.HUGE_FAULT, ns -> ns / PAGES_OF_HUGE);
    if (huge.length > 1) {
      put(
          Parameter.PAGE_CLEAR,
          huge,
          "ns",
          "fault",
          "the kernel's own clearing: a fault of 2 MiB, by 512");
    } else {
      put(
          Parameter.PAGE_CLEAR,
          each(Points.pages("CLEAR", bytes), ns -> ns),
          "ns",
          "pages",
          "fills from user space; no huge pages here");
    }
    put(
        Parameter.PAGE_COPY,
        each(Points.pages("COPY", bytes), ns -> ns),
        "ns",
        "pages",
        "copies from user space");
  }

  private void lines() {
    put(Parameter.CLFLUSH_CLEAN, slope("CLEAN"), "ns", "write-back", writtenBack());
    put(Parameter.CLFLUSH_ABSENT, slope("ABSENT"), "ns", "write-back", writtenBack());
  }

  private String writtenBack() {
    return "slope from 64 to 1024 lines by "
        + (points.host().flags().contains("clwb")
            ? "CLWB, which may keep the line, where the kernel takes CLFLUSHOPT"
            : "the instruction that the kernel takes");
  }

  private double[] slope(String state) {
    return perFork(fork -> {
      OptionalDouble few = fork.value(Points.writeBack(state, 64));
      OptionalDouble many = fork.value(Points.writeBack(state, 1024));
      return few.isPresent() && many.isPresent()
          ? OptionalDouble.of(
              Math.max(0, (1024 * many.getAsDouble() - 64 * few.getAsDouble()) / (1024 - 64)))
          : OptionalDouble.empty();
    });
  }

  private void locks() {
    put(
        Parameter.LINE_TRANSFER_NEAR,
        each(Points.lock("LINE"), ns -> ns),
        "ns",
        "lock",
        "one word back and forth between two cores");
    put(
        Parameter.LOCK_TRANSFERS,
        perFork(fork -> {
          OptionalDouble queue = fork.value(Points.lock("QUEUE"));
          OptionalDouble line = fork.value(Points.lock("LINE"));
          OptionalDouble locked = fork.value(Points.core("COMPARE_AND_SET"));
          return queue.isPresent() && line.isPresent() && locked.isPresent()
              ? OptionalDouble.of(
                  Math.max(0, queue.getAsDouble() - locked.getAsDouble()) / line.getAsDouble())
              : OptionalDouble.empty();
        }),
        "",
        "lock",
        "hand-over of a queue lock between two cores, in transfers of a line");
  }

  private void flush(List<Integer> pages) {
    Interval known = machine.nanoseconds(Parameter.CR3_FLUSH);
    for (ForkReading fork : readings.forks()) {
      FlushFit.of(fork, pages, known).ifPresent(flushes::add);
    }
    if (flushes.isEmpty()) {
      return;
    }
    String how =
        "mprotect of %s pages to inaccessible and back; residuals %.1f %% at the median"
            .formatted(
                String.join(", ", pages.stream().map(String::valueOf).toList()),
                100 * Readings.median(flushes.stream().mapToDouble(FlushFit::residual).toArray()));
    double userHalf = points.host().pti() ? machine.nanoseconds(Parameter.INVPCID_PAGE).best() : 0;
    put(Parameter.INVLPG, of(fit -> Math.max(0, fit.invlpg() - userHalf)), "ns", "shootdown", how);
    put(Parameter.FLUSH_CALL, of(FlushFit::call), "ns", "shootdown", how);
    put(
        Parameter.CR3_FLUSH,
        of(FlushFit::full),
        "ns",
        "shootdown",
        how + "; weakly identified, the class default weighs in");
  }

  private double[] of(ToDoubleFunction<FlushFit> part) {
    return flushes.stream().mapToDouble(part).toArray();
  }

  /// The whole of one interrupt is measured, its parts are not: what the class says of sending,
  /// entering, handling and acknowledging stays, and delivery takes the rest.
  private void interrupts() {
    double[] whole =
        flushes.stream()
            .map(FlushFit::ipi)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    if (whole.length < 2) {
      return;
    }
    if (points.host().virtual()) {
      exact(Parameter.IPI_EXIT, 0, "ns", "exits to the hypervisor are inside ipi_delivery");
    }
    targets();
    exact(Parameter.IPI_DELIVERY, 0, "ns", "");
    double others = broadcast(machine);
    for (int i = 0; i < whole.length; i++) {
      whole[i] = Math.max(0, whole[i] - others);
    }
    put(
        Parameter.IPI_DELIVERY,
        whole,
        "ns",
        "shootdown",
        String.format(
            Locale.ROOT,
            "one peer running less parked, less %.0f ns of sending, entry, handler and"
                + " acknowledgement by the class's prices: the split is not identifiable here",
            others));
  }

  /// Each further target, where there are enough to tell.
  private void targets() {
    int most = points.peers();
    if (most < 3) {
      return;
    }
    double known =
        machine.nanoseconds(Parameter.IPI_EXIT).best()
            + machine.interval(Parameter.IPI_LINES).best()
                * machine.nanoseconds(Parameter.LINE_TRANSFER_NEAR).best();
    put(
        Parameter.IPI_SEND_TARGET,
        perFork(fork -> {
          OptionalDouble one = fork.value(Points.membarrier(1));
          OptionalDouble all = fork.value(Points.membarrier(most));
          return one.isPresent() && all.isPresent()
              ? OptionalDouble.of(
                  Math.max(0, (all.getAsDouble() - one.getAsDouble()) / (most - 1) - known))
              : OptionalDouble.empty();
        }),
        "ns",
        "membarrier",
        "slope from 1 to " + most + " running peers, less the line fetched from each");
  }

  private double broadcast(Machine on) {
    Platform platform = Platform.of(on, points.host().kernelSeries());
    PriceFunction function = PriceFunctions.named("ipi-broadcast");
    return function
        .price(platform, function.arguments(platform, Map.of("targets", "1")))
        .price()
        .caller()
        .best();
  }

  private double[] each(ProbePoint point, ToDoubleFunction<Double> value) {
    return perFork(fork -> {
      OptionalDouble ns = fork.value(point);
      return ns.isPresent()
          ? OptionalDouble.of(value.applyAsDouble(ns.getAsDouble()))
          : OptionalDouble.empty();
    });
  }

  private double[] perFork(java.util.function.Function<ForkReading, OptionalDouble> value) {
    return readings.forks().stream()
        .map(value)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }

  private void put(Parameter parameter, double[] values, String unit, String probe, String how) {
    Optional<Interval> interval = Spread.of(values);
    if (interval.isEmpty() || !(interval.get().best() > 0)) {
      return;
    }
    set(
        parameter,
        new Quantity(
            interval.get(),
            unit,
            "measured here: probe %s, %d forks".formatted(probe, values.length),
            how));
  }

  /// A value that follows from how others were measured, and is no measurement of its own.
  private void exact(Parameter parameter, double value, String unit, String note) {
    machine =
        machine.with(
            parameter,
            new Quantity(Interval.exactly(value), unit, "measured here: probe shootdown", note));
  }

  private void set(Parameter parameter, Quantity quantity) {
    found.put(parameter, quantity);
    machine = machine.with(parameter, quantity);
  }
}
