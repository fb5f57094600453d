package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Estimate;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.cost.Price;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.simulation.Latency;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.simulation.PriceEnd;
import org.mapcost.model.simulation.Simulation;
import org.mapcost.model.simulation.SimulationResult;
import org.mapcost.model.whatif.Capacity.Probe;
import org.mapcost.model.workload.Clients;
import org.mapcost.model.workload.Workload;

/// A workload whose page pool, number of clients or number of CPUs is searched.
///
/// @param replications runs with different seeds at each number
/// @param threads how many runs go on at the same time
public record SimulatedPlan(
    Platform platform,
    Workload workload,
    Resource resource,
    Objective objective,
    int replications,
    int threads)
    implements Capacity.Trial {

  /// What there is to be enough of.
  public enum Resource {
    /// Pages that the page pool keeps at most; more is better.
    POOL(true),
    /// Clients of the first kind; more is worse.
    CLIENTS(false),
    /// CPUs of the machine, with as many clients; more is worse.
    CPUS(false);

    private final boolean more;

    Resource(boolean more) {
      this.more = more;
    }

    /// Whether more of it lowers latencies.
    public boolean more() {
      return more;
    }
  }

  /// Searches up to a number.
  public Capacity search(long least, long most) {
    return Capacity.search(least, most, resource.more, objective.limit(), this);
  }

  @Override
  public List<Interval> latencies(List<Probe> probes) {
    List<Callable<SimulationResult>> runs = new ArrayList<>();
    for (Probe probe : probes) {
      Platform on = platformOf(probe.number());
      for (Workload each : Simulation.seeded(workloadOf(probe.number()), replications)) {
        runs.add(() -> Simulation.run(on, each, probe.end()));
      }
    }
    List<SimulationResult> results = Simulation.all(runs, threads);
    List<Interval> latencies = new ArrayList<>();
    for (int i = 0; i < probes.size(); i++) {
      latencies.add(latency(results.subList(i * replications, (i + 1) * replications)));
    }
    return latencies;
  }

  private Interval latency(List<SimulationResult> runs) {
    double all = objective.of(runs);
    double low = all;
    double high = all;
    for (SimulationResult run : runs) {
      double each = objective.figure().of(List.of(run)).orElse(all);
      low = Math.min(low, each);
      high = Math.max(high, each);
    }
    return new Interval(low, all, high);
  }

  private Platform platformOf(long number) {
    return resource == Resource.CPUS
        ? new Platform(
            platform.machine().with("cpus", String.valueOf(number)),
            platform.kernel(),
            platform.tree(),
            platform.strategy(),
            platform.conditions(),
            platform.handOver())
        : platform;
  }

  private Workload workloadOf(long number) {
    return switch (resource) {
      case POOL -> workload.with(new Workload.Pool(workload.pool().kind(), number));
      case CLIENTS -> {
        List<Clients> clients = new ArrayList<>(workload.clients());
        clients.set(0, clients.getFirst().withCount(Math.toIntExact(number)));
        yield workload.with(clients);
      }
      case CPUS -> {
        if (workload.clients().stream().anyMatch(each -> !each.cpus().equals("all"))) {
          throw new InputException(
              "clients of '%s' are bound to CPUs; a plan for cpus needs 'cpus: all'."
                  .formatted(workload.name()));
        }
        yield workload;
      }
    };
  }

  /// One run at a number, at the best prices.
  ///
  /// @param mechanisms the time of every mechanism in the phase that the objective is about, and
  ///   every lock's waiting, over the observed time, in nanoseconds: what stands in the way
  /// @param calls how often the operation of the objective occurred, first uses left out
  public record Look(Map<String, Double> mechanisms, long calls) {
    public Look {
      mechanisms = Collections.unmodifiableMap(new LinkedHashMap<>(mechanisms));
    }
  }

  /// What the first run at a number shows.
  public Look look(long number) {
    SimulationResult run = Simulation.run(platformOf(number), workloadOf(number), PriceEnd.BEST);
    Estimate priced =
        MachinePrices.of(platformOf(number).machine(), platform.kernel().name())
            .price(run.counts(), platform.conditions());
    Map<String, Double> times = new LinkedHashMap<>();
    Map<String, Price> phase = priced.phases().getOrDefault(phase(), Map.<String, Price>of());
    (phase.isEmpty() ? priced.byMechanism() : phase)
        .forEach((name, price) -> times.put(name, price.caller().best()));
    run.usage()
        .locks()
        .forEach((lock, of) -> times.merge("waiting for " + lock.key(), of.waited(), Double::sum));
    times.put("making up for others' interrupts", run.usage().sum(cpu -> cpu.stolen()));
    times.put(
        "waiting for a CPU",
        run.usage().meanRunQueueWait()
            * run.steady().values().stream().mapToLong(latency -> latency.count()).sum());
    times.values().removeIf(time -> !(time > 0));
    Latency latency = run.steady().get(objective.operation());
    return new Look(times, latency == null ? 0 : latency.count());
  }

  private Phase phase() {
    return switch (objective.operation()) {
      case LOAD -> Phase.LOAD;
      case ALLOCATE -> Phase.ALLOCATE;
      case MAP -> Phase.MAP;
      case FAULT, FLUSH -> Phase.TOUCH;
      case UNMAP -> Phase.UNMAP;
      case FREE, SHRINK -> Phase.FREE;
    };
  }
}
