package org.mapcost.benchmarks.host;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.mapcost.benchmarks.linux.Cpus;

/// Threads of this process that are pinned to other CPUs, and run or stay parked.
///
/// Dangers:
/// * A thread that was started need not run: it may wait for its CPU, or the CPU may belong to
///   somebody else. Then nobody is interrupted, and a probe measures nothing.
/// * A CPU that is idle holds the address space lazily and is left out of user flushes.
/// * Counters that share a cache line with what is measured slow it.
///
/// What saves it: [#run] returns when the counter of every peer has been seen to move; each peer's
/// state lies on cache lines of its own; and the witnesses of a probe count interrupts afterwards.
public final class Peers {
  private static final long PATIENCE_NS = 2_000_000_000;

  private final List<Peer> peers = new ArrayList<>();
  private final Placement placement;
  private int running;

  /// What a running peer does again and again.
  @FunctionalInterface
  public interface Work {
    /// One turn; it must not block and must not last longer than some microseconds.
    ///
    /// @param peer the peer's number, from 0
    void turn(int peer);
  }

  private Peers(Placement placement) {
    this.placement = placement;
    for (int cpu : placement.peers()) {
      peers.add(new Peer(peers.size(), cpu));
    }
  }

  private static final class Holder {
    static final Peers SHARED = new Peers(Placement.here());
  }

  /// Those of this process, parked until they are told to run. The first call decides which CPUs
  /// there are; it must come from a thread that is not pinned yet.
  public static Peers shared() {
    return Holder.SHARED;
  }

  public Placement placement() {
    return placement;
  }

  /// How many there can be.
  public int available() {
    return peers.size();
  }

  /// Lets the first `count` peers spin in user space and the others park. Returns when each of them
  /// is where it should be. Throws [NotHere] where there are fewer, or one gets no CPU.
  public void run(int count) {
    run(count, peer -> {});
  }

  /// The same with work of their own.
  public void run(int count, Work work) {
    if (count > available()) {
      throw new NotHere(
          "%d peers need %d CPUs, and this process may use %d"
              .formatted(count, count + 1, available() + 1));
    }
    park();
    for (Peer peer : peers.subList(0, count)) {
      peer.start(work);
    }
    running = count;
    for (Peer peer : peers.subList(0, count)) {
      long before = peer.turns();
      peer.await(() -> peer.turns() != before, "does not run");
    }
  }

  /// Parks all, and returns when all are.
  public void park() {
    for (Peer peer : peers.subList(0, running)) {
      peer.stop();
    }
    for (Peer peer : peers.subList(0, running)) {
      peer.await(peer::parked, "does not stop");
    }
    running = 0;
  }

  /// How many run.
  public int running() {
    return running;
  }

  /// The turns of one peer so far.
  public long turns(int peer) {
    return peers.get(peer).turns();
  }

  /// One thread. The padding keeps its state on lines that nothing else shares.
  private static final class Peer {
    private static final VarHandle TURNS = handle("turns", long.class);
    private static final VarHandle GOES = handle("goes", boolean.class);
    private static final VarHandle PARKED = handle("parked", boolean.class);

    @SuppressWarnings("unused")
    private long a0, a1, a2, a3, a4, a5, a6, a7;

    private long turns;

    @SuppressWarnings("unused")
    private long b0, b1, b2, b3, b4, b5, b6, b7;

    // Read and written by their handles.
    @SuppressWarnings("UnusedVariable")
    private boolean goes;

    @SuppressWarnings("UnusedVariable")
    private boolean parked = true;

    @SuppressWarnings("unused")
    private long c0, c1, c2, c3, c4, c5, c6, c7;

    private final int number;
    private final int cpu;
    private Work work = peer -> {};
    private @Nullable Thread thread;

    Peer(int number, int cpu) {
      this.number = number;
      this.cpu = cpu;
    }

    private static VarHandle handle(String field, Class<?> type) {
      try {
        return MethodHandles.lookup().findVarHandle(Peer.class, field, type);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }

    void start(Work does) {
      work = does;
      PARKED.setVolatile(this, false);
      GOES.setVolatile(this, true);
      Thread running = thread;
      if (running == null) {
        running = new Thread(this::live, "peer-" + cpu);
        running.setDaemon(true);
        thread = running;
        running.start();
      } else {
        LockSupport.unpark(running);
      }
    }

    void stop() {
      GOES.setVolatile(this, false);
    }

    boolean parked() {
      return (boolean) PARKED.getVolatile(this);
    }

    long turns() {
      return (long) TURNS.getOpaque(this);
    }

    private void live() {
      Cpus.pin(cpu);
      while (true) {
        Work does = work;
        while ((boolean) GOES.getAcquire(this)) {
          does.turn(number);
          TURNS.setOpaque(this, turns + 1);
        }
        PARKED.setVolatile(this, true);
        while (!(boolean) GOES.getAcquire(this)) {
          LockSupport.park(this);
        }
      }
    }

    void await(java.util.function.BooleanSupplier reached, String otherwise) {
      long start = System.nanoTime();
      while (!reached.getAsBoolean()) {
        Thread.onSpinWait();
        if (System.nanoTime() - start > PATIENCE_NS) {
          throw new NotHere("the peer on CPU " + cpu + " " + otherwise);
        }
      }
    }
  }
}
