package org.mapcost.model.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.pool.PagePool;
import org.mapcost.model.tlb.TlbFlush;
import org.mapcost.model.workload.Workload;
import org.mapcost.model.workload.trace.TraceAccount;
import org.mapcost.model.workload.trace.TraceEvent;
import org.mapcost.model.workload.trace.TraceEvent.Reason;
import org.mapcost.model.workload.trace.TraceReader;

/// One replay of a trace: each event happens on the CPU and at the time that was recorded, or as
/// soon as the CPU is done with those before it.
///
/// What traces do not say is taken so: between its events a CPU runs something else, so that it
/// loses time when it is interrupted. A page fault that is a write gets a fresh page, one that
/// finds the page but may not write copies it, any other maps what is there. A flush that is sent
/// interrupts `called` CPUs, and the sender's own share, which is recorded right behind it, is part
/// of the same round. What interrupted CPUs recorded of it is not done twice.
final class TraceRun {
  private static final int LEVELS = 200;

  /// So many events may wait for one CPU before the trace is read on.
  private static final int WAITING = 1024;

  /// How long the trace waits then, in nanoseconds.
  private static final double PAUSE = 1e5;

  private final Platform platform;
  private final PriceEnd end;
  private final TraceAccount account;
  private final TraceReader reader;
  private final int called;
  private final boolean sends;
  private final Statistics statistics = new Statistics();
  private final TapeMeter meter;
  private final MachineState state;
  private final TracedBuffers buffers;
  private final Engine engine;
  private final List<Recorded> cpus = new ArrayList<>();
  private @Nullable TraceEvent pending;

  /// @param reader at the beginning of the trace
  /// @param account of the same trace, read before
  /// @param called how many CPUs a flush interrupts that is sent to others
  TraceRun(Platform platform, PriceEnd end, TraceReader reader, TraceAccount account, int called) {
    this.platform = platform;
    this.end = end;
    this.reader = reader;
    this.account = account;
    this.called = called;
    this.sends = account.count(Reason.REMOTE_SEND_IPI) > 0;
    MachinePrices prices = MachinePrices.of(platform.machine(), platform.kernel().name());
    int count = platform.machine().cpus();
    if (account.highestCpu() >= count) {
      throw new InputException(
          "%s has events of CPU %d, and %s has %d CPUs; give a --machine with more, or --set machine.cpus=%d."
              .formatted(
                  account.file(),
                  account.highestCpu(),
                  platform.machine().name(),
                  count,
                  account.highestCpu() + 1));
    }
    this.meter =
        new TapeMeter(new TapePrices(prices, platform.conditions(), end, count), statistics.ledger);
    this.state = new MachineState(platform, new Workload.Pool(Optional.empty(), 0), meter);
    this.buffers = new TracedBuffers(state, platform.strategy(), meter);
    List<BitSet> sets = new ArrayList<>();
    for (int cpu = 0; cpu <= account.highestCpu(); cpu++) {
      BitSet one = new BitSet();
      one.set(cpu);
      sets.add(one);
    }
    this.engine =
        new Engine(Run.hardware(platform, prices, end, Math.max(1, sets.size()), true), sets);
    engine.keepBusy();
    for (int cpu = 0; cpu < sets.size(); cpu++) {
      cpus.add(new Recorded(cpu));
    }
  }

  SimulationResult result() {
    pending = reader.next();
    if (pending != null) {
      engine.timer(reader.now(), this::happens);
    }
    double every = Math.max(1, account.length() / LEVELS);
    engine.timer(
        0,
        now -> {
          PagePool pool = state.pool();
          if (pool != null) {
            statistics.level(now, pool.allocatedPages());
          }
          return pending == null ? Double.POSITIVE_INFINITY : now + every;
        });
    engine.runUntil(Double.MAX_VALUE);
    return new SimulationResult(
        0,
        end,
        SimulationResult.Stop.NOTHING_LEFT,
        engine.usage(engine.now()),
        statistics.first(),
        statistics.steady(),
        statistics.ledger,
        statistics.levels(),
        engine.handled());
  }

  /// The pending event happens; when the next does.
  private double happens(double now) {
    TraceEvent event = pending;
    if (event == null) {
      return Double.POSITIVE_INFINITY;
    }
    if (event.origin().cpu() >= cpus.size()) {
      throw new InputException(account.file() + ": changed while it was read; try again.");
    }
    Recorded cpu = cpus.get(event.origin().cpu());
    if (cpu.waiting.size() >= WAITING) {
      return now + PAUSE;
    }
    cpu.waiting.add(event);
    if (!cpu.task.alive) {
      engine.start(cpu.task);
    }
    pending = reader.next();
    return pending == null ? Double.POSITIVE_INFINITY : Math.max(now, reader.now());
  }

  /// One CPU of the trace, and what it has still to do.
  private final class Recorded implements Client {
    final Task task;
    final Deque<TraceEvent> waiting = new ArrayDeque<>();

    /// The sender's share of the flush it sent last, in pages, while nothing else happened; 0:
    /// none.
    private long sent;

    /// Whether the first event of those waiting is carried out, but for what it may end.
    private boolean begun;

    private @Nullable OperationKind running;
    private boolean split;

    Recorded(int cpu) {
      task = engine.task(engine.group(cpu), this);
    }

    @Override
    public Next next(Task self, double now) {
      running = null;
      while (true) {
        TraceEvent event = waiting.peek();
        if (event == null) {
          return Next.END;
        }
        statistics.ledger.enter(phase(event));
        meter.begin(self.tape());
        OperationKind kind = carryOut(event);
        split = meter.end();
        if (kind == null) {
          waiting.poll();
          begun = false;
        } else {
          begun = isLast(kind);
          if (self.tape().size() > 0) {
            running = kind;
            return Next.RUN;
          }
          statistics.done(kind, split, 0);
        }
      }
    }

    /// Whether an operation is the last of its event: what was in the way is gone, and a buffer
    /// that is touched is mapped.
    private static boolean isLast(OperationKind kind) {
      return switch (kind) {
        case ALLOCATE, FAULT, FLUSH -> true;
        case MAP, UNMAP, FREE, LOAD, SHRINK -> false;
      };
    }

    @Override
    public void done(Task self, double wanted, double now) {
      if (running != null) {
        statistics.done(running, split, now - wanted);
      }
    }

    /// One operation of an event; null where it has none left.
    private @Nullable OperationKind carryOut(TraceEvent event) {
      return switch (event) {
        case TraceEvent.TlbFlush flush -> begun ? null : flush(flush);
        case TraceEvent.PageFault fault -> begun ? null : fault(fault);
        case TraceEvent.Create create -> buffers.next(create, begun);
        case TraceEvent.Destroy destroy -> buffers.next(destroy, begun);
        case TraceEvent.ObjectFault fault -> buffers.next(fault, begun);
        case TraceEvent.Move move -> buffers.next(move, begun);
      };
    }

    private @Nullable OperationKind fault(TraceEvent.PageFault fault) {
      sent = 0;
      meter.add(Event.FAULT);
      if (fault.isProtection()) {
        meter.add(Event.PAGE_ALLOC);
        meter.add(Event.PAGE_COPY);
      } else if (fault.isWrite()) {
        meter.add(Event.PAGE_ALLOC);
        meter.add(Event.PAGE_CLEAR);
      }
      meter.add(Event.PTE_WRITE);
      return OperationKind.FAULT;
    }

    private @Nullable OperationKind flush(TraceEvent.TlbFlush flush) {
      long before = sent;
      sent = 0;
      return switch (flush.reason()) {
        case REMOTE_SEND_IPI -> {
          sent = flush.pages();
          yield round(flush.pages(), Math.min(called, platform.machine().cpus() - 1));
        }
        case LOCAL_MM_SHOOTDOWN ->
            before != 0 && before == flush.pages() ? null : round(flush.pages(), 0);
        case LOCAL_SHOOTDOWN -> round(TraceEvent.TlbFlush.EVERYTHING, 0);
        case TASK_SWITCH -> flush.pages() == 0 ? null : round(flush.pages(), 0);
        case REMOTE_SHOOTDOWN -> sends ? null : round(flush.pages(), 0);
        case REMOTE_WRONG_CPU -> null;
      };
    }

    private OperationKind round(long pages, int others) {
      boolean ranged = pages > 0 && pages <= TlbFlush.SINGLE_PAGE_FLUSH_CEILING;
      meter.round(
          new FlushRound(
              ranged ? FlushRound.Form.MM_PAGE : FlushRound.Form.MM_FULL,
              ranged ? pages : 0,
              true,
              others,
              0,
              0,
              platform.kernel().tlbOrder()));
      return OperationKind.FLUSH;
    }
  }

  private static Phase phase(TraceEvent event) {
    return switch (event) {
      case TraceEvent.TlbFlush flush -> Phase.UNMAP;
      case TraceEvent.PageFault fault -> Phase.TOUCH;
      case TraceEvent.ObjectFault fault -> Phase.TOUCH;
      case TraceEvent.Create create -> Phase.ALLOCATE;
      case TraceEvent.Move move -> Phase.ALLOCATE;
      case TraceEvent.Destroy destroy -> Phase.FREE;
    };
  }
}
