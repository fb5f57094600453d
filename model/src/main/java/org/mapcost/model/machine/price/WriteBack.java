package org.mapcost.model.machine.price;

import java.util.ArrayList;
import java.util.List;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.machine.Dimension;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Parameter;

/// All caches of one or more CPUs written back, and emptied (`WBINVD`) or kept (`WBNOINVD`).
///
/// Formula, nanoseconds: walk = lines of the last-level and second-level cache x micro-operations
/// of a line x cycles of one / clock. CPUs that share the cache walk it too and delay each other:
/// walk x (1 + sharing x (sharers - 1)). Dirty bytes are written once for each cache, by best guess
/// at the geometric mean of what one core and the whole socket can write. Several CPUs are called
/// as in [Broadcast]: caller: send + delivery + walks + dirty + acknowledge; stolen: (cpus - 1) x
/// (crossing + handler + walks + dirty). What is read again into an emptied cache is a consequence
/// and in no bill.
///
/// Source: machine file; one value (cycles of a micro-operation) is fitted, see there.
public final class WriteBack implements PriceFunction {
  private static final double LINE_BYTES = 64;

  private final boolean invalidate;

  /// @param invalidate `WBINVD` rather than `WBNOINVD`
  public WriteBack(boolean invalidate) {
    this.invalidate = invalidate;
  }

  @Override
  public String name() {
    return invalidate ? "wbinvd" : "wbnoinvd";
  }

  @Override
  public String description() {
    return invalidate
        ? "all caches of one or more CPUs written back and emptied"
        : "all caches of one or more CPUs written back and kept";
  }

  @Override
  public List<Argument> arguments() {
    List<Argument> arguments = new ArrayList<>();
    arguments.add(
        Argument.of(
            "llc",
            Dimension.BYTES,
            machine -> machine.bytes(Parameter.LLC).value() + "B",
            "one last-level cache"));
    arguments.add(Argument.of("dirty", Dimension.RATIO, "0", "share of it that is dirty"));
    arguments.add(
        Argument.of(
            "dirty_bytes", Dimension.BYTES, "0B", "bytes of it that are; 0B for the share"));
    arguments.add(Argument.of("cpus", Dimension.COUNT, "1", "CPUs that do it at the same time"));
    arguments.add(
        Argument.of(
            "sharing",
            Dimension.COUNT,
            "0",
            "how many of them share a last-level cache; 0 for as many as the machine has it"));
    if (invalidate) {
      arguments.add(
          Argument.of(
              "reused", Dimension.RATIO, "1", "share of the lines that are read again afterwards"));
    }
    return arguments;
  }

  @Override
  public Quote price(Platform platform, Arguments arguments) {
    Machine machine = platform.machine();
    int cpus = Math.max(1, arguments.count("cpus"));
    int sharing = arguments.count("sharing");
    int sharers = Math.min(cpus, sharing > 0 ? sharing : machine.cpusPerLlc());
    double reused = invalidate ? arguments.share("reused") : 0;
    double llc = arguments.number("llc");
    if (!(llc > 0)) {
      throw new InputException("llc: a cache has at least one line.");
    }
    double dirtyBytes = arguments.number("dirty_bytes");
    double dirty = dirtyBytes > 0 ? dirtyBytes / llc : arguments.share("dirty");
    if (dirty > 1) {
      throw new InputException(
          "dirty_bytes: " + arguments.texts().get("dirty_bytes") + " do not fit the cache.");
    }
    return of(platform, llc, dirty, cpus, sharers, true, reused);
  }

  /// @param llc bytes of one last-level cache
  /// @param dirty share of it that is dirty
  /// @param cpus CPUs that execute the instruction, the caller included
  /// @param sharers how many of them share one cache
  /// @param called whether the others are interrupted for this alone; else they are in a handler
  ///   already
  /// @param reused share of the lines that are fetched again
  Quote of(
      Platform platform,
      double llc,
      double dirty,
      int cpus,
      int sharers,
      boolean called,
      double reused) {
    Working working = new Working(platform);
    double bytes = llc + working.machine().bytes(Parameter.L2).value();
    Uncertain walk = working.term("walk", walk(working, bytes / LINE_BYTES));
    Uncertain walks = walk;
    if (sharers > 1) {
      Uncertain delay = working.value(Parameter.WBINVD_SHARING).times((double) sharers - 1);
      walks = working.term("walks", walk.times(Uncertain.exactly(1).plus(delay)));
    }
    int caches = (int) Math.ceil((double) cpus / sharers);
    int cachesOfSocket =
        (int) Math.ceil(caches / working.machine().interval(Parameter.SOCKETS).best());
    Uncertain each = walks;
    if (dirty > 0) {
      each =
          each.plus(
              working.term("dirty", write(working, llc * dirty, llc * dirty * cachesOfSocket)));
    }
    if (reused > 0) {
      working.term("read again afterwards", readAgain(platform, llc * reused));
    }
    if (cpus == 1) {
      return working.quote("caller: walk + dirty", each);
    }
    return called ? called(working, each, cpus) : inHandler(working, each, cpus);
  }

  private static Quote called(Working working, Uncertain each, int cpus) {
    Broadcast call = Broadcast.of(working, cpus - 1, 0, 0, each, Uncertain.ZERO);
    working.term("send", call.send());
    working.term("slowest", call.slowest());
    working.term("acknowledge", call.acknowledge());
    return working.quote(
        "caller: send + max(walks + dirty, slowest + acknowledge); stolen: (cpus - 1) x (crossing"
            + " + handler + walks + dirty)",
        call.send().plus(call.slowest().plus(call.acknowledge()).max(each)),
        call.stolen());
  }

  private static Quote inHandler(Working working, Uncertain each, int cpus) {
    return working.quote(
        "caller: walks + dirty; stolen: (cpus - 1) x the same",
        each,
        each.times((double) cpus - 1));
  }

  private Uncertain walk(Working working, double lines) {
    Uncertain walk =
        working.ns(Parameter.WBINVD_UOP).times(working.value(Parameter.WBINVD_UOPS)).times(lines);
    boolean keeps = !invalidate && working.machine().has(Parameter.WBNOINVD);
    return keeps ? walk.times(working.value(Parameter.WBNOINVD_WALK)) : walk;
  }

  /// A consequence, so that the price does not rest on it: by one core, or at best by a whole
  /// socket.
  private static Uncertain readAgain(Platform platform, double bytes) {
    Working apart = new Working(platform);
    Uncertain core = apart.transfer(bytes, Parameter.CORE_READ_BANDWIDTH);
    return core.orElse(
        "how many cores read again",
        apart.transfer(bytes, Parameter.SOCKET_READ_BANDWIDTH).min(core),
        core);
  }

  /// At best all caches of a socket drain at its bandwidth; at worst one core writes its own.
  private static Uncertain write(Working working, double own, double ofSocket) {
    Uncertain core = working.transfer(own, Parameter.CORE_WRITE_BANDWIDTH);
    Uncertain socket = working.transfer(ofSocket, Parameter.SOCKET_WRITE_BANDWIDTH);
    return core.times(socket)
        .map(Math::sqrt)
        .orElse("how fast dirty lines drain", core.min(socket), core.max(socket));
  }
}
