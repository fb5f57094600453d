package org.mapcost.results.cli;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.AutoComplete;
import picocli.CommandLine;

/// The subcommands of [Mapcost], in the order of its help.
///
/// Picocli reads the annotations of every command that a line may name, and of all of them together
/// that takes longer than most answers: where a line begins with a known name, only that one is
/// added.
final class Subcommands {
  private static final Map<String, Class<?>> BY_NAME = new LinkedHashMap<>();

  /// These look at all others.
  private static final Set<String> OF_ALL = Set.of("man", "generate-completion");

  /// What may stand before the name of a command.
  private static final Set<String> BEFORE = Set.of("--quiet", "--stacktrace");

  static {
    add("walk", WalkCommand.class);
    add("transition", TransitionCommand.class);
    add("pool", PoolCommand.class);
    add("shootdown", ShootdownCommand.class);
    add("counts", CountsCommand.class);
    add("compare", CompareCommand.class);
    add("simulate", SimulateCommand.class);
    add("whatif", WhatifCommand.class);
    add("sensitivity", SensitivityCommand.class);
    add("plan", PlanCommand.class);
    add("workload", WorkloadCommand.class);
    add("bench", BenchCommand.class);
    add("runs", RunsCommand.class);
    add("diff", DiffCommand.class);
    add("gate", GateCommand.class);
    add("history", HistoryCommand.class);
    add("stats-check", StatsCheckCommand.class);
    add("report", ReportCommand.class);
    add("chart", ChartCommand.class);
    add("serve", ServeCommand.class);
    add("kernels", KernelsCommand.class);
    add("machines", MachinesCommand.class);
    add("doctor", DoctorCommand.class);
    add("calibrate", CalibrateCommand.class);
    add("price", PriceCommand.class);
    add("strategies", StrategiesCommand.class);
    add("validate", ValidateCommand.class);
    add("man", ManCommand.class);
    add("generate-completion", AutoComplete.GenerateCompletion.class);
  }

  private Subcommands() {}

  private static void add(String name, Class<?> command) {
    BY_NAME.put(name, command);
  }

  /// A line below a root command, ready for these words and no others.
  static CommandLine of(Mapcost root, List<String> words) {
    CommandLine line = new CommandLine(root);
    Iterator<String> rest = words.iterator();
    String name = "";
    while (rest.hasNext() && (name.isEmpty() || BEFORE.contains(name))) {
      name = rest.next();
    }
    Class<?> named = BY_NAME.get(name);
    if (named == null || OF_ALL.contains(name)) {
      BY_NAME.forEach(line::addSubcommand);
    } else {
      line.addSubcommand(name, named);
    }
    return line.setCaseInsensitiveEnumValuesAllowed(true);
  }
}
