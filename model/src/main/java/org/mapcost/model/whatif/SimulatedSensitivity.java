package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.kernel.Instructions;
import org.mapcost.model.machine.Dimension;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.simulation.Simulation;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.whatif.Sensitivity.Unknown;
import org.mapcost.model.whatif.SimulatedSetup.Axis;
import org.mapcost.model.workload.Workload;

/// Which unknown a simulated figure depends on most: a price, a key, or chance.
///
/// As in [Sensitivity] each unknown goes to its ends alone and then all vary together. Chance is an
/// unknown like the others: which of some seeds the run has. Intervals are the middle 95 % of
/// possible worlds, keys at their values of today.
public final class SimulatedSensitivity {
  /// The name of the unknown that is the seed.
  public static final String CHANCE = "chance (the seed)";

  /// Possible worlds behind an interval.
  private static final int WORLDS = 40;

  private static final int SEEDS = 8;

  /// So many prices vary together.
  private static final int MOST = 6;

  private static final double LEAST = 0.01;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private final Question question;
  private final List<Workload> seeded;
  private final Runnable done;

  /// What is asked.
  ///
  /// @param strategy whose figure
  /// @param against over whose, if the answer is a ratio
  /// @param axes keys that vary besides prices
  /// @param threads how many runs go on at the same time in the first part; the second takes all
  ///   processors
  public record Question(
      SimulatedSetup setup,
      Strategy strategy,
      Optional<Strategy> against,
      SimulatedMeasure measure,
      List<Axis> axes,
      int threads) {
    public Question {
      axes = List.copyOf(axes);
    }
  }

  private SimulatedSensitivity(Question question, Runnable done) {
    this.question = question;
    this.seeded = Simulation.seeded(question.setup.workload(), SEEDS);
    this.done = done;
  }

  /// How many figures are simulated at most.
  public static long figures(Question question, int samples) {
    int unknowns = MOST + question.axes.size() + 1;
    return 1
        + SEEDS
        + 2L * (inputs(question.setup).size() + question.axes.size())
        + (long) WORLDS * (MOST + 1)
        + (long) samples * (unknowns + 2);
  }

  /// Answers a question. Throws [InputException] where a strategy does not serve, or what is
  /// measured does not occur.
  ///
  /// @param samples see [Sobol#of]
  /// @param done is told after each figure, by several threads
  public static Sensitivity of(Question question, int samples, Runnable done) {
    return new SimulatedSensitivity(question, done).answer(samples);
  }

  private Sensitivity answer(int samples) {
    double best = value(question.setup, 0, Draw.of(Map.of()));
    List<Unknown> alone = new ArrayList<>(prices(best));
    alone.addAll(keys(best));
    alone.add(chance(best));
    List<Sobol.Index> indices = Sobol.of(alone.size(), samples, point -> together(alone, point));
    List<Unknown> unknowns = new ArrayList<>();
    for (int i = 0; i < alone.size(); i++) {
      Unknown each = alone.get(i);
      unknowns.add(
          new Unknown(
              each.name(),
              each.key(),
              each.atLow(),
              each.atHigh(),
              indices.get(i),
              each.key() ? each.measured() : worlds(best, List.of(each.name()))));
    }
    unknowns.sort(Comparator.comparingDouble((Unknown each) -> -each.index().total()));
    return new Sensitivity(worlds(best, List.of()), unknowns);
  }

  /// The inputs of prices that are not known exactly, by name.
  private static List<String> inputs(SimulatedSetup setup) {
    List<String> names = new ArrayList<>();
    setup
        .setup()
        .machine()
        .values()
        .forEach((parameter, quantity) -> {
          boolean number =
              parameter.dimension() != Dimension.COUNT && parameter.dimension() != Dimension.FLAG;
          if (number && uncertain(quantity.interval())) {
            names.add(parameter.path());
          }
        });
    Instructions.of(setup.setup().kernel().name())
        .counts()
        .forEach((operation, count) -> {
          if (uncertain(count.interval())) {
            names.add("instructions." + operation.key());
          }
        });
    return names;
  }

  private static boolean uncertain(Interval interval) {
    return interval.low() < interval.high();
  }

  /// The prices that move the figure, the largest swing first.
  private List<Unknown> prices(double best) {
    List<String> names = inputs(question.setup);
    List<Callable<Double>> runs = new ArrayList<>();
    for (String name : names) {
      for (double end : new double[] {-Draw.END, Draw.END}) {
        runs.add(() -> value(question.setup, 0, Draw.of(Map.of(name, end))));
      }
    }
    List<Double> values = Simulation.all(runs, question.threads);
    List<Unknown> unknowns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      unknowns.add(unknown(names.get(i), false, values.get(2 * i), values.get(2 * i + 1), best));
    }
    unknowns.sort(Comparator.comparingDouble((Unknown each) -> -each.swing()));
    double most = unknowns.isEmpty() ? 0 : Math.log(unknowns.getFirst().swing());
    return unknowns.stream()
        .filter(each -> each.swing() > 1 && Math.log(each.swing()) > LEAST * most)
        .limit(MOST)
        .toList();
  }

  private List<Unknown> keys(double best) {
    List<Callable<Double>> runs = new ArrayList<>();
    for (Axis axis : question.axes) {
      for (long place : new long[] {0, axis.range().size() - 1}) {
        SimulatedSetup setup = axis.in(question.setup, axis.range().text(place));
        runs.add(() -> value(setup, 0, Draw.of(Map.of())));
      }
    }
    List<Double> values = Simulation.all(runs, question.threads);
    List<Unknown> unknowns = new ArrayList<>();
    for (int i = 0; i < question.axes.size(); i++) {
      String name = question.axes.get(i).range().key().name();
      unknowns.add(unknown(name, true, values.get(2 * i), values.get(2 * i + 1), best));
    }
    return unknowns;
  }

  private Unknown chance(double best) {
    List<Callable<Double>> runs = new ArrayList<>();
    for (int i = 0; i < SEEDS; i++) {
      int seed = i;
      runs.add(() -> value(question.setup, seed, Draw.of(Map.of())));
    }
    double[] values =
        Simulation.all(runs, question.threads).stream().mapToDouble(Double::doubleValue).toArray();
    return unknown(
        CHANCE,
        true,
        Arrays.stream(values).min().orElse(best),
        Arrays.stream(values).max().orElse(best),
        best);
  }

  private static Unknown unknown(
      String name, boolean key, double atLow, double atHigh, double best) {
    return new Unknown(name, key, atLow, atHigh, new Sobol.Index(0, 0), Interval.exactly(best));
  }

  /// The middle of possible worlds, in which what is known does not deviate.
  private Interval worlds(double best, List<String> known) {
    List<Callable<Double>> runs = new ArrayList<>();
    for (int i = 0; i < WORLDS; i++) {
      Draw world = Draw.of(question.setup.workload().seed(), i).without(known);
      int seed = i % SEEDS;
      runs.add(() -> value(question.setup, seed, world));
    }
    double[] values =
        Simulation.all(runs, question.threads).stream()
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    // One of forty lies beyond either end.
    int beyond = WORLDS / 40;
    double low = values[beyond];
    double high = values[values.length - 1 - beyond];
    return new Interval(Math.min(low, best), best, Math.max(high, best));
  }

  /// The figure with every unknown somewhere between 0 and 1 of what it may be.
  private double together(List<Unknown> unknowns, double[] point) {
    SimulatedSetup setup = question.setup;
    Map<String, Double> deviations = new HashMap<>();
    int seed = 0;
    for (int i = 0; i < point.length; i++) {
      String name = unknowns.get(i).name();
      if (name.equals(CHANCE)) {
        seed = (int) Math.min(SEEDS - 1L, (long) (point[i] * SEEDS));
      } else if (unknowns.get(i).key()) {
        Axis axis =
            question.axes.stream()
                .filter(each -> each.range().key().name().equals(name))
                .findFirst()
                .orElseThrow();
        long size = axis.range().size();
        setup = axis.in(setup, axis.range().text(Math.min(size - 1, (long) (point[i] * size))));
      } else {
        double share = Math.clamp(point[i], 1e-9, 1 - 1e-9);
        deviations.put(name, NORMAL.inverseCumulativeProbability(share));
      }
    }
    return value(setup, seed, Draw.of(deviations));
  }

  /// The figure of one run, or the ratio of two.
  private double value(SimulatedSetup setup, int seed, Draw world) {
    Workload workload = setup.workload().withSeed(seeded.get(seed).seed());
    double value = figure(setup.platform(question.strategy), workload, world);
    if (question.against.isPresent()) {
      double base = figure(setup.platform(question.against.get()), workload, world);
      if (!(base > 0)) {
        throw new InputException(
            "%s has nothing of it; compare against another."
                .formatted(question.against.get().name()));
      }
      value /= base;
    }
    done.run();
    return value;
  }

  private double figure(Platform platform, Workload workload, Draw world) {
    return question
        .measure
        .of(List.of(SimulatedSweep.inWorld(platform, workload, world)))
        .orElseThrow(() ->
            new InputException(
                "%s: %s.".formatted(platform.strategy().name(), question.measure.absent())));
  }
}
