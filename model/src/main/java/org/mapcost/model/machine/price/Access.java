package org.mapcost.model.machine.price;

import java.util.List;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions.Heat;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.machine.Dimension;
import org.mapcost.model.machine.Parameter;

/// What using a mapping costs, by the cache mode that is in effect: 64 bytes read or written.
///
/// Formula, nanoseconds a line of 64 bytes:
/// * WB read: 64 / read bandwidth of a core in order, the latency where the buffer stays at random;
///   no more than that latency either way. WB write: max(a read, to own the line; 64 / write
///   bandwidth), for evictions go on beside fetches, or at worst their sum. A device's memory is
///   read a line at a time.
/// * WC and UC read: one uncached trip for each load, 64 / load trips, one after the other; to
///   memory or to the device. Nothing is kept or fetched ahead.
/// * WC write: one combined line, to memory as to the device. UC write: one trip for each store.
///
/// Source: machine file.
public final class Access implements PriceFunction {
  private static final int LINE_BYTES = 64;

  /// The cache mode in effect.
  public enum Mode {
    WB,
    WC,
    UC
  }

  /// What the CPU does.
  public enum Operation {
    READ,
    WRITE
  }

  /// Where the memory is.
  public enum Memory {
    /// System memory.
    RAM,
    /// A device's, behind a PCI BAR.
    VRAM
  }

  /// In which order.
  public enum Pattern {
    SEQUENTIAL,
    RANDOM
  }

  @Override
  public String name() {
    return "access";
  }

  @Override
  public String description() {
    return "64 bytes read or written through a mapping in its cache mode";
  }

  @Override
  public List<Argument> arguments() {
    return List.of(
        Argument.choice("mode", Mode.class, "the mode in effect: wb, wc or uc"),
        Argument.choice("op", Operation.class, "read or write"),
        Argument.choice("memory", Memory.class, "ram, or vram behind a BAR"),
        Argument.choice("pattern", Pattern.class, "sequential or random"),
        Argument.of("buffer", Dimension.BYTES, "64MiB", "bytes gone through again and again"),
        Argument.of("load", Dimension.BYTES, "8", "bytes of one load or store"),
        Argument.of("lines", Dimension.COUNT, "1", "lines of 64 bytes"));
  }

  @Override
  public Quote price(Platform platform, Arguments arguments) {
    double load = arguments.number("load");
    if (load < 1 || load > LINE_BYTES) {
      throw new InputException("load: one load has 1 to 64 bytes.");
    }
    Working working = new Working(platform);
    Memory memory = arguments.choice("memory", Memory.class);
    boolean read = arguments.choice("op", Operation.class) == Operation.READ;
    Uncertain line =
        switch (arguments.choice("mode", Mode.class)) {
          case WB -> writeBack(working, arguments, memory, read);
          case WC ->
              read
                  ? trip(working, memory).times(LINE_BYTES / load)
                  : working.ns(Parameter.COMBINED_LINE_WRITE);
          case UC ->
              read
                  ? trip(working, memory).times(LINE_BYTES / load)
                  : working.ns(Parameter.UNCACHED_WRITE).times(LINE_BYTES / load);
        };
    working.term("line", line);
    return working.quote("lines x line", line.times(arguments.number("lines")));
  }

  private static Uncertain writeBack(
      Working working, Arguments arguments, Memory memory, boolean read) {
    if (memory == Memory.VRAM) {
      Uncertain trip = working.ns(Parameter.DEVICE_READ);
      return read ? trip : trip.plus(working.ns(Parameter.COMBINED_LINE_WRITE));
    }
    double buffer = arguments.number("buffer");
    Uncertain latency = Reach.latency(working, buffer, Heat.HOT);
    Uncertain fetch =
        arguments.choice("pattern", Pattern.class) == Pattern.RANDOM
            ? latency
            : latency.min(working.transfer(LINE_BYTES, Parameter.CORE_READ_BANDWIDTH));
    boolean staysCached = buffer <= working.machine().bytes(Parameter.LLC).value();
    if (read || staysCached) {
      return fetch;
    }
    Uncertain drain = working.transfer(LINE_BYTES, Parameter.CORE_WRITE_BANDWIDTH);
    return fetch
        .max(drain)
        .orElse("whether fetch and write-back overlap", fetch.max(drain), fetch.plus(drain));
  }

  private static Uncertain trip(Working working, Memory memory) {
    return working.ns(memory == Memory.RAM ? Parameter.UNCACHED_READ : Parameter.DEVICE_READ);
  }
}
