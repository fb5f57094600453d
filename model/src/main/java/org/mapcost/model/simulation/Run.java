package org.mapcost.model.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.pool.PagePool;
import org.mapcost.model.strategy.BufferMemory;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.workload.Arrival;
import org.mapcost.model.workload.Clients;
import org.mapcost.model.workload.Workload;

/// One run of a workload.
final class Run {
  /// How often in the observed time it is asked whether the answer is precise enough, and how often
  /// the level of the pool is noted.
  private static final int CHECKS = 20;

  private static final int LEVELS = 200;

  final Platform platform;
  final Statistics statistics = new Statistics();
  final TapeMeter meter;
  final MachineState state;
  private final Workload workload;
  private final PriceEnd end;
  private final Engine engine;
  private final SplittableGenerator random;
  private final Consumer<PoolRequest> requests;
  private int buffers;
  private final Map<Clients, Deque<Task>> resting = new HashMap<>();
  private final Map<Clients, SplittableGenerator> streams = new HashMap<>();

  /// @param prices of the platform's machine, or of that machine in one possible world
  /// @param requests is told whatever is asked of the page pool, in the order of time
  Run(
      Platform platform,
      Workload workload,
      MachinePrices prices,
      PriceEnd end,
      Consumer<PoolRequest> requests) {
    this.requests = requests;
    this.platform = platform;
    this.workload = workload;
    this.end = end;
    Machine machine = platform.machine();
    TapePrices tapePrices = new TapePrices(prices, platform.conditions(), end, machine.cpus());
    this.meter = new TapeMeter(tapePrices, statistics.ledger);
    this.state = new MachineState(platform, workload, meter);
    this.engine =
        new Engine(
            hardware(platform, prices, end, contenders(), workload.otherCpusBusy()), cpuSets());
    this.random =
        RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom").create(workload.seed());
  }

  /// A machine's CPUs as the engine knows them.
  ///
  /// @param contenders how many CPUs may want one lock
  static Hardware hardware(
      Platform platform, MachinePrices prices, PriceEnd end, int contenders, boolean othersBusy) {
    Machine machine = prices.platform().machine();
    Map<Lock, Double> handOvers = TapePrices.handOvers(prices, end, contenders);
    platform
        .handOver()
        .ifPresent(
            ns -> handOvers.replaceAll((lock, own) -> lock == Lock.RESOURCE_LOCK ? own : ns));
    return new Hardware(
        machine.cpus(),
        machine.cpusPerSocket(),
        handOvers,
        TapePrices.lines(machine, end),
        TapePrices.transfersAtFullSpeed(machine, end),
        Hardware.USUAL_SLICE,
        othersBusy);
  }

  /// The CPUs of all clients, or as many as there are clients: no more can want one lock.
  private int contenders() {
    BitSet cpus = new BitSet();
    long tasks = 0;
    for (int i = 0; i < workload.clients().size(); i++) {
      Clients clients = workload.clients().get(i);
      cpus.or(cpuSets().get(i));
      boolean closed = clients.arrival() instanceof Arrival.Closed;
      tasks += closed ? clients.count() : platform.machine().cpus();
    }
    return (int) Math.min(cpus.cardinality(), tasks);
  }

  /// One for every kind of clients, and one for the shrinker.
  private List<BitSet> cpuSets() {
    int cpus = platform.machine().cpus();
    List<BitSet> sets = new ArrayList<>();
    for (Clients clients : workload.clients()) {
      try {
        sets.add(Clients.cpus(clients.cpus(), cpus));
      } catch (InputException e) {
        throw new InputException("clients '" + clients.name() + "': " + e.getMessage(), e);
      }
    }
    if (workload.shrinker().isPresent()) {
      sets.add(Clients.cpus("all", cpus));
    }
    return sets;
  }

  SimulationResult result() {
    Task driver = engine.task(engine.group(0), new Driver());
    engine.start(driver);
    double warm = workload.warmup();
    double all = warm + workload.duration();
    PagePool pool = state.pool();
    if (pool != null) {
      double every = all / LEVELS;
      engine.timer(
          every,
          now -> {
            statistics.level(now, pool.allocatedPages());
            return now + every;
          });
    }
    boolean goesOn = engine.runUntil(warm);
    engine.reset();
    statistics.observe(engine.now());
    SimulationResult.Stop stop = SimulationResult.Stop.TIME;
    double until = warm;
    for (int check = 1; check <= CHECKS && goesOn; check++) {
      until = warm + workload.duration() * check / CHECKS;
      goesOn = engine.runUntil(until);
      if (check < CHECKS && isPrecise()) {
        stop = SimulationResult.Stop.PRECISION;
        break;
      }
    }
    if (!goesOn) {
      stop = SimulationResult.Stop.NOTHING_LEFT;
    }
    return new SimulationResult(
        workload.seed(),
        end,
        stop,
        engine.usage(Math.max(until, engine.now())),
        statistics.first(),
        statistics.steady(),
        statistics.ledger,
        statistics.levels(),
        engine.handled());
  }

  private boolean isPrecise() {
    return workload.precision().isPresent()
        && statistics.principal().relativeHalfWidth() <= workload.precision().getAsDouble();
  }

  /// Loads the driver, then lets the clients loose.
  private final class Driver implements Client {
    private boolean loaded;

    @Override
    public Next next(Task task, double now) {
      if (loaded) {
        startClients(now);
        return Next.END;
      }
      loaded = true;
      begin(task.tape(), Phase.LOAD);
      state.load();
      meter.end();
      if (task.tape().size() == 0) {
        return next(task, now);
      }
      return Next.RUN;
    }

    @Override
    public void done(Task task, double wanted, double now) {
      statistics.done(OperationKind.LOAD, false, now - wanted);
    }
  }

  private void startClients(double now) {
    for (int i = 0; i < workload.clients().size(); i++) {
      Clients clients = workload.clients().get(i);
      CpuGroup group = engine.group(i);
      SplittableGenerator stream = random.split();
      streams.put(clients, stream);
      for (int n = 0; n < clients.count(); n++) {
        arrivals(clients, group, stream.split(), now);
      }
    }
    workload
        .shrinker()
        .ifPresent(shrinker -> {
          Task kswapd =
              engine.task(engine.group(workload.clients().size()), new Kswapd(shrinker.pages()));
          engine.timer(
              now + shrinker.every(),
              at -> {
                if (!kswapd.alive) {
                  engine.start(kswapd);
                }
                return at + shrinker.every();
              });
        });
  }

  private void arrivals(Clients clients, CpuGroup group, SplittableGenerator own, double now) {
    switch (clients.arrival()) {
      case Arrival.Closed closed ->
          engine.start(engine.task(group, new BufferJob(this, clients, own, true)));
      case Arrival.Poisson poisson -> {
        double gap = 1e9 / poisson.rate();
        engine.timer(
            now + gap * own.nextExponential(),
            at -> {
              engine.start(job(clients, group));
              return at + gap * own.nextExponential();
            });
      }
      case Arrival.Bursts bursts ->
          engine.timer(
              now + bursts.every() * own.nextDouble(),
              at -> {
                for (int i = 0; i < bursts.size(); i++) {
                  engine.start(job(clients, group));
                }
                return at + bursts.every();
              });
    }
  }

  private Task job(Clients clients, CpuGroup group) {
    Deque<Task> idle = resting.computeIfAbsent(clients, each -> new ArrayDeque<>());
    @Nullable Task task = idle.poll();
    if (task != null) {
      return task;
    }
    SplittableGenerator stream = Objects.requireNonNull(streams.get(clients));
    return engine.task(group, new BufferJob(this, clients, stream.split(), false));
  }

  /// A task of an open loop is done and can be used for another buffer.
  void rest(Clients clients, Task task) {
    Objects.requireNonNull(resting.get(clients)).push(task);
  }

  /// A buffer of RAM gets its pages; its number, by which it is given back.
  int allocated(Clients clients, long pages, Task task) {
    if (clients.memory() == Memory.RAM) {
      requests.accept(
          new PoolRequest.Alloc(
              engine.now(),
              buffers,
              BufferMemory.Ram.attributeOf(clients.mode()),
              pages,
              task.lastCpu / platform.machine().cpusPerSocket()));
    }
    return buffers++;
  }

  void freed(Clients clients, int buffer) {
    if (clients.memory() == Memory.RAM) {
      requests.accept(new PoolRequest.Free(engine.now(), buffer));
    }
  }

  double think(Clients clients, RandomGenerator own) {
    return clients.arrival() instanceof Arrival.Closed closed ? closed.think().draw(own) : 0;
  }

  /// From here on everything charged belongs to one operation.
  void begin(Tape tape, Phase phase) {
    statistics.ledger.enter(phase);
    meter.begin(tape);
  }

  /// Takes pages from the pool.
  private final class Kswapd implements Client {
    private final long pages;
    private boolean ran;
    private boolean split;

    Kswapd(long pages) {
      this.pages = pages;
    }

    @Override
    public Next next(Task task, double now) {
      PagePool pool = state.pool();
      if (ran || pool == null) {
        ran = false;
        return Next.END;
      }
      requests.accept(new PoolRequest.Reclaim(now, pages));
      begin(task.tape(), Phase.FREE);
      pool.reclaim(pages, meter);
      split = meter.end();
      ran = task.tape().size() > 0;
      return ran ? Next.RUN : Next.END;
    }

    @Override
    public void done(Task task, double wanted, double now) {
      statistics.done(OperationKind.SHRINK, split, now - wanted);
    }
  }
}
