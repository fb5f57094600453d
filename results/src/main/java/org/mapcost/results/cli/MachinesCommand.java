package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.Quantity;
import org.mapcost.model.units.Bytes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Lists the machines, or everything that is known of one.
@Command(
    name = "machines",
    description =
        "Lists the machines mapcost knows; with a NAME, every value of that one with its interval,"
            + " unit and source.",
    mixinStandardHelpOptions = true)
final class MachinesCommand implements Runnable {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "A machine, or the path of a machine file.")
  @Nullable String name;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replaces one value, such as machine.cpus=128. Repeatable; needs a NAME.")
  Map<String, String> set = new LinkedHashMap<>();

  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (name == null) {
      list(out);
    } else {
      MachineOptions options = new MachineOptions();
      options.machine = name;
      MachineOptions.refuseOthers(set);
      show(options.machine(set), out);
    }
  }

  private void list(PrintWriter out) {
    if (format.format == OutputFormat.JSON) {
      List<Object> machines = new ArrayList<>();
      Machines.all().forEach(machine -> machines.add(summary(machine)));
      out.println(Json.line(Json.object("schema", "mapcost/machines/1", "machines", machines)));
      return;
    }
    List<Machine> machines = Machines.all();
    List<String> nowhere = new ArrayList<>(unsourced(machines.getFirst()));
    machines.forEach(machine -> nowhere.retainAll(unsourced(machine)));
    Table table =
        new Table(
            "machine", "cpus", "sockets", "llc", "cpus a llc", "also without source", "stands for");
    for (Machine machine : machines) {
      List<String> also = new ArrayList<>(unsourced(machine));
      also.removeAll(nowhere);
      table.row(
          machine.name(),
          machine.cpus(),
          (int) machine.interval(Parameter.SOCKETS).best(),
          machine.bytes(Parameter.LLC),
          machine.cpusPerLlc(),
          String.join(" ", also),
          machine.standsFor());
    }
    table.print(format.format, out);
    if (format.format == OutputFormat.TABLE) {
      out.println();
      out.println("Without source on every machine: " + String.join(", ", nowhere) + ".");
    }
  }

  /// The values that nobody published, in the order of a machine file.
  private static List<String> unsourced(Machine machine) {
    return Arrays.stream(Parameter.values())
        .filter(parameter -> machine.quantity(parameter).unsourced())
        .map(Parameter::path)
        .toList();
  }

  private static Map<String, Object> summary(Machine machine) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("machine", machine.name());
    object.put("stands_for", machine.standsFor());
    object.put("cpus", machine.cpus());
    object.put("sockets", (int) machine.interval(Parameter.SOCKETS).best());
    object.put("cpus_per_llc", machine.cpusPerLlc());
    object.put("llc_bytes", machine.bytes(Parameter.LLC).value());
    object.put("rests_on_none", unsourced(machine));
    return object;
  }

  private void show(Machine machine, PrintWriter out) {
    if (format.format == OutputFormat.JSON) {
      Map<String, Object> object = summary(machine);
      object.put("schema", "mapcost/machine/1");
      List<Object> parameters = new ArrayList<>();
      for (Parameter parameter : Parameter.values()) {
        parameters.add(json(parameter, machine.quantity(parameter)));
      }
      object.put("parameters", parameters);
      out.println(Json.line(object));
      return;
    }
    Table table = new Table("key", "low", "best", "high", "unit", "source", "what");
    for (Parameter parameter : Parameter.values()) {
      Quantity quantity = machine.quantity(parameter);
      table.row(
          parameter.path(),
          number(quantity, quantity.interval().low()),
          number(quantity, quantity.interval().best()),
          number(quantity, quantity.interval().high()),
          quantity.unit(),
          source(quantity),
          parameter.description());
    }
    table.print(format.format, out);
    if (format.format == OutputFormat.TABLE) {
      out.println();
      out.println(machine.name() + " stands for " + machine.standsFor() + ".");
    }
  }

  private static Map<String, Object> json(Parameter parameter, Quantity quantity) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("key", parameter.path());
    object.put("value", Json.interval(quantity.interval()));
    object.put("unit", quantity.unit());
    object.put("source", quantity.source());
    object.put("rests_on_none", quantity.unsourced());
    if (!quantity.note().isEmpty()) {
      object.put("note", quantity.note());
    }
    object.put("what", parameter.description());
    return object;
  }

  private static String number(Quantity quantity, double value) {
    if (quantity.unit().equals("B")) {
      return new Bytes(Math.round(value)).toString();
    }
    return String.valueOf(Json.rounded(value));
  }

  private static String source(Quantity quantity) {
    String note = quantity.note().isEmpty() ? "" : " (" + quantity.note() + ")";
    return quantity.source() + note;
  }
}
