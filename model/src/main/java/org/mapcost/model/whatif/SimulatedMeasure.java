package org.mapcost.model.whatif;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.simulation.Latency;
import org.mapcost.model.simulation.OperationKind;
import org.mapcost.model.simulation.SimulationResult;
import org.mapcost.model.simulation.Usage;

/// What is read off simulations to compare strategies, in the words of objectives: a latency, what
/// a buffer takes as a whole, how much gets done, or what is stolen from other CPUs.
public sealed interface SimulatedMeasure {
  /// What runs showed together, first uses left out; empty where it did not occur.
  OptionalDouble of(List<SimulationResult> runs);

  /// As it is read: `fault.p99`.
  String key();

  /// In words.
  String words();

  /// Why there is no figure where it did not occur.
  default String absent() {
    return "there is no " + words() + " here";
  }

  /// `ns`, or `/s`.
  default String unit() {
    return "ns";
  }

  /// Whether more of it is better.
  default boolean more() {
    return false;
  }

  /// The calls it is about; empty for what is about all of them.
  default Optional<OperationKind> calls() {
    return Optional.empty();
  }

  /// How many pages such a call inserts on average: calls that insert different numbers are not to
  /// be compared. Zero for what is not about faults and inserts nothing.
  default double pagesPerFault(List<SimulationResult> runs) {
    if (!calls().equals(Optional.of(OperationKind.FAULT))) {
      return 0;
    }
    long pages = 0;
    long faults = 0;
    for (SimulationResult run : runs) {
      pages += run.counts().count(Phase.TOUCH, Event.PTE_WRITE);
      faults += run.counts().count(Phase.TOUCH, Event.FAULT);
    }
    return faults == 0 ? 0 : (double) pages / faults;
  }

  /// How many calls lie beyond the figure, if it is a percentile: it is known the worse the fewer
  /// they are. Infinite for what is none, and for the longest call, beyond which none can be.
  default double beyond(List<SimulationResult> runs) {
    return Double.POSITIVE_INFINITY;
  }

  /// How long calls of one kind take.
  record OfCalls(LatencyFigure figure) implements SimulatedMeasure {
    private static final double ALL = 100;

    @Override
    public OptionalDouble of(List<SimulationResult> runs) {
      return figure.of(runs);
    }

    @Override
    public String key() {
      return figure.key();
    }

    @Override
    public String words() {
      return figure.words();
    }

    @Override
    public Optional<OperationKind> calls() {
      return Optional.of(figure.operation());
    }

    @Override
    public double beyond(List<SimulationResult> runs) {
      double share = figure.percentile().orElse(ALL);
      if (share == ALL) {
        return Double.POSITIVE_INFINITY;
      }
      long count = 0;
      for (SimulationResult run : runs) {
        Latency latency = run.steady().get(figure.operation());
        count += latency == null ? 0 : latency.count();
      }
      return count * (ALL - share) / ALL;
    }

    @Override
    public String absent() {
      return "no %s occurs; ask for another --measure, such as buffer"
          .formatted(figure.operation().key());
    }
  }

  /// What all calls for a buffer take together, from its allocation to its end, on average. It
  /// compares strategies that fault with those that map everything at once.
  record OfBuffers() implements SimulatedMeasure {
    @Override
    public OptionalDouble of(List<SimulationResult> runs) {
      double time = 0;
      long buffers = 0;
      for (SimulationResult run : runs) {
        for (OperationKind kind :
            List.of(
                OperationKind.ALLOCATE,
                OperationKind.MAP,
                OperationKind.FAULT,
                OperationKind.UNMAP,
                OperationKind.FREE)) {
          Latency latency = run.steady().get(kind);
          time += latency == null ? 0 : latency.mean() * latency.count();
        }
        Latency freed = run.steady().get(OperationKind.FREE);
        buffers += freed == null ? 0 : freed.count();
      }
      return buffers == 0 ? OptionalDouble.empty() : OptionalDouble.of(time / buffers);
    }

    @Override
    public String key() {
      return "buffer";
    }

    @Override
    public String words() {
      return "all calls for a buffer together, mean";
    }

    @Override
    public String absent() {
      return "no buffer is given back while it is observed; give a longer --duration";
    }
  }

  /// How many operations of a kind end in a second.
  record Throughput(OperationKind operation) implements SimulatedMeasure {
    @Override
    public OptionalDouble of(List<SimulationResult> runs) {
      double seconds = runs.stream().mapToDouble(run -> run.usage().length()).sum() / 1e9;
      long count = 0;
      for (SimulationResult run : runs) {
        Latency latency = run.steady().get(operation);
        count += latency == null ? 0 : latency.count();
      }
      return seconds == 0 ? OptionalDouble.empty() : OptionalDouble.of(count / seconds);
    }

    @Override
    public Optional<OperationKind> calls() {
      return Optional.of(operation);
    }

    @Override
    public String key() {
      return operation.key() + ".throughput";
    }

    @Override
    public String words() {
      return operation == OperationKind.FREE
          ? "buffers given back a second"
          : "calls of " + operation.key() + " a second";
    }

    @Override
    public String unit() {
      return "/s";
    }

    @Override
    public boolean more() {
      return true;
    }
  }

  /// What interrupts take from tasks on all CPUs together, in a second.
  record Stolen() implements SimulatedMeasure {
    @Override
    public OptionalDouble of(List<SimulationResult> runs) {
      double length = runs.stream().mapToDouble(run -> run.usage().length()).sum();
      double lost = runs.stream().mapToDouble(run -> run.usage().sum(Usage.OfCpu::lost)).sum();
      return length == 0 ? OptionalDouble.empty() : OptionalDouble.of(lost * 1e9 / length);
    }

    @Override
    public String key() {
      return "stolen";
    }

    @Override
    public String words() {
      return "time that interrupts steal from tasks, over all CPUs, a second";
    }
  }

  /// Reads a measure. Throws [InputException] for what is none.
  ///
  /// @param usual the operation of a latency where none is named
  static SimulatedMeasure parse(String text, OperationKind usual) {
    if (text.equals("buffer")) {
      return new OfBuffers();
    }
    if (text.equals("stolen")) {
      return new Stolen();
    }
    if (text.equals("throughput")) {
      return new Throughput(OperationKind.FREE);
    }
    if (text.endsWith(".throughput")) {
      return new Throughput(LatencyFigure.operation(text.substring(0, text.lastIndexOf('.'))));
    }
    Optional<LatencyFigure> figure = LatencyFigure.parse(text, usual);
    return new OfCalls(
        figure.orElseThrow(() ->
            new InputException(
                "'%s' is no measure of a simulation: write p99, fault.p99.9, mean, max, buffer,"
                        .formatted(text)
                    + " throughput, fault.throughput or stolen.")));
  }
}
