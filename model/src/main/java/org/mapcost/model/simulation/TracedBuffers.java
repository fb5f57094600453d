package org.mapcost.model.simulation;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.strategy.World;
import org.mapcost.model.workload.trace.TraceEvent;

/// The buffers that are alive in a trace, by the kernel's address of them.
///
/// A buffer has its memory from its creation on, write-combined, and is mapped when it is touched
/// first. One that is made at the address of another, without that one's end being recorded, ends
/// the other. One that was made before the recording began is taken to have at least
/// [#UNKNOWN_PAGES] pages.
final class TracedBuffers {
  /// The size of a buffer whose creation was not recorded: 2 MiB.
  static final long UNKNOWN_PAGES = 512;

  private final MachineState state;
  private final Strategy strategy;
  private final TapeMeter meter;
  private final Map<Long, Held> held = new HashMap<>();

  private static final class Held {
    final World world;
    final long pages;
    boolean mapped;

    Held(World world, long pages) {
      this.world = world;
      this.pages = pages;
    }
  }

  TracedBuffers(MachineState state, Strategy strategy, TapeMeter meter) {
    this.state = state;
    this.strategy = strategy;
    this.meter = meter;
  }

  /// The next operation that an event needs, carried out; null when it needs no more. Ask again
  /// until then.
  @Nullable OperationKind next(TraceEvent event, boolean begun) {
    return switch (event) {
      case TraceEvent.Create create ->
          replace(create.object(), create.pages(), create.vram(), begun);
      case TraceEvent.Move move -> replace(move.object(), move.pages(), move.vram(), begun);
      case TraceEvent.Destroy destroy -> end(destroy.object());
      case TraceEvent.ObjectFault fault -> fault(fault, begun);
      case TraceEvent.TlbFlush flush -> throw new IllegalArgumentException(flush.toString());
      case TraceEvent.PageFault fault -> throw new IllegalArgumentException(fault.toString());
    };
  }

  /// @param done whether the new buffer is there already
  private @Nullable OperationKind replace(long object, long pages, boolean vram, boolean done) {
    if (done) {
      return null;
    }
    OperationKind ended = end(object);
    if (ended != null) {
      return ended;
    }
    Held fresh = new Held(buffer(pages, vram), pages);
    fresh.world.memory().allocate(meter);
    held.put(object, fresh);
    return OperationKind.ALLOCATE;
  }

  private World buffer(long pages, boolean vram) {
    return state.buffer(vram ? Memory.VRAM : Memory.RAM, CacheMode.WC, pages);
  }

  private @Nullable OperationKind end(long object) {
    Held of = held.get(object);
    if (of == null) {
      return null;
    }
    if (of.mapped) {
      of.world.unmap();
      of.mapped = false;
      return OperationKind.UNMAP;
    }
    of.world.memory().free(meter);
    held.remove(object);
    return OperationKind.FREE;
  }

  private @Nullable OperationKind fault(TraceEvent.ObjectFault fault, boolean done) {
    if (done) {
      return null;
    }
    Held of = held.get(fault.object());
    if (of == null || fault.page() >= of.pages) {
      of = before(fault, of);
    }
    if (!of.mapped) {
      strategy.map(of.world);
      of.mapped = true;
      return OperationKind.MAP;
    }
    meter.add(Event.FAULT);
    if (!of.world.vma().pageTable().isPresent(fault.page())) {
      strategy.fault(of.world, fault.page());
    }
    return OperationKind.FAULT;
  }

  /// A buffer from before the recording, large enough for the page; nobody pays for it here.
  private Held before(TraceEvent.ObjectFault fault, @Nullable Held tooSmall) {
    long pages = Math.max(UNKNOWN_PAGES, Long.highestOneBit(Math.max(1, fault.page())) * 2);
    Held fresh = new Held(buffer(pages, false), pages);
    fresh.world.chargeTo(Meter.NONE);
    fresh.world.memory().allocate(Meter.NONE);
    if (tooSmall != null) {
      tooSmall.world.chargeTo(Meter.NONE);
      if (tooSmall.mapped) {
        tooSmall.world.unmap();
      }
      tooSmall.world.memory().free(Meter.NONE);
    }
    fresh.world.chargeTo(meter);
    held.put(fault.object(), fresh);
    return fresh;
  }

  /// The pages that buffers have.
  long pages() {
    return held.values().stream().mapToLong(each -> each.pages).sum();
  }
}
