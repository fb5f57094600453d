package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.simulation.PriceEnd;
import org.mapcost.model.simulation.Simulation;
import org.mapcost.model.simulation.SimulationResult;
import org.mapcost.model.simulation.TheoryCheck;
import org.mapcost.model.units.Nanoseconds;
import org.mapcost.model.workload.Workload;
import org.mapcost.model.workload.trace.TraceAccount;
import org.mapcost.model.workload.trace.TraceEvent;
import org.mapcost.model.workload.trace.TraceReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Many clients on many CPUs over time.
@Command(
    name = "simulate",
    description = {
      "Many clients over time: how long their operations take, how CPUs and locks spend their"
          + " time.",
      "Every figure is [low best high]: all prices at their low end, at their best guess, at their"
          + " high end."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The machine, kernel, tree and strategy are the workload's unless an option says otherwise;"
          + " --set replaces",
      "keys of the workload too, such as clients.windows.count=32 ('mapcost whatif --workload NAME"
          + " --keys' lists them).",
      "Locks pass from CPU to CPU at the machine's price for it, flushes interrupt other CPUs and"
          + " wait for",
      "the slowest, and flushed and cleared memory shares the bandwidth of its socket. 'First use'"
          + " are",
      "operations that split large pages of the direct map; those never come again.",
      "",
      "A trace's tlb_flush, page_fault_user, page_fault_kernel, i915_gem_object_* and amdgpu_bo_*"
          + " events happen on",
      "the CPU and at the time recorded, at the prices of --machine; all others are counted and"
          + " passed over.",
      "",
      "Examples:",
      "  mapcost simulate --workload dax-fault-collapse --format json",
      "  mapcost simulate --theory",
      "  mapcost simulate --trace trace.txt --machine epyc-milan --kernel 6.6"
    })
final class SimulateCommand implements Callable<Integer> {
  @Mixin WorkloadOptions workload = new WorkloadOptions();
  @Mixin PlatformOptions platform = new PlatformOptions();
  @Mixin MachineOptions machine = new MachineOptions();
  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description =
          "Instead of a workload: the text of ftrace, trace-cmd report or perf script, replayed as"
              + " it was recorded.")
  @Nullable Path trace;

  @Option(
      names = "--called",
      paramLabel = "N",
      description =
          "With --trace: how many CPUs each recorded flush of others interrupted, which traces do"
              + " not say. Default: what they recorded of it, or all other CPUs of the trace.")
  @Nullable Integer called;

  @Option(
      names = "--hand-over",
      paramLabel = "TIME",
      description =
          "How long a spinlock takes from one CPU to the next. Default: the machine's price.")
  @Nullable String handOver;

  @Option(
      names = "--replications",
      paramLabel = "N",
      defaultValue = "1",
      description = "Runs with different seeds, put together (default: ${DEFAULT-VALUE}).")
  int replications = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "Runs at the same time; the result is the same for any number (default:"
              + " ${DEFAULT-VALUE}).")
  int threads = 2;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Writes latencies.hlog, one .hgrm for each kind of operation, and the tables as CSV.")
  @Nullable Path out;

  @Option(names = "--force", description = "Overwrite files in --out.")
  boolean force;

  private @Nullable TraceAccount account;

  @Option(
      names = "--theory",
      description =
          "Instead of a workload: the simulation beside queues whose waits are known exactly.")
  boolean theory;

  @Override
  public Integer call() {
    if (theory) {
      return theory();
    }
    if (replications < 1 || replications > 1000 || threads < 1 || threads > 256) {
      throw new InputException("--replications is 1 to 1000 and --threads 1 to 256.");
    }
    if ((workload.workload == null) == (trace == null)) {
      throw new InputException(
          "give --workload FILE|NAME, for example --workload desktop-compositor, or --trace FILE.");
    }
    SimulationReport report =
        trace == null ? workload(String.valueOf(workload.workload)) : replay(trace);
    if (out != null) {
      SimulationFiles.write(out, force, report);
    }
    PrintWriter printer = spec.commandLine().getOut();
    if (format.format == OutputFormat.JSON) {
      Map<String, Object> json = report.json();
      if (account != null) {
        Map<String, Object> trace = TraceCommands.json(account);
        trace.put("called", called(account));
        json.put("trace", trace);
      }
      printer.println(Json.line(json));
    } else {
      report.print(format.format, printer);
      if (account != null && format.format != OutputFormat.CSV) {
        account.sentences().forEach(printer::println);
        if (account.count(TraceEvent.Reason.REMOTE_SEND_IPI) > 0) {
          printer.printf(
              "Traces do not say whom a flush interrupts: %d CPU%s each time here; --called changes"
                  + " that.%n",
              called(account), called(account) == 1 ? "" : "s");
        }
      }
    }
    return 0;
  }

  private int called(TraceAccount read) {
    return called == null ? Simulation.called(read) : called;
  }

  private int theory() {
    if (workload.workload != null || trace != null) {
      throw new InputException("--theory has queues of its own: leave --workload and --trace.");
    }
    List<TheoryCheck.Row> rows = TheoryCheck.run(workload.seed == null ? 1 : workload.seed);
    return new TheoryPrinter(rows).print(format.format, spec.commandLine().getOut()) ? 0 : 1;
  }

  private SimulationReport workload(String named) {
    Workload asked = workload.workload(named, platform.set);
    Platform on = workload.platform(asked, platform, machine, handOver());
    return new SimulationReport(
        asked, on, Simulation.run(on, asked, List.of(PriceEnd.values()), replications, threads));
  }

  private SimulationReport replay(Path file) {
    if (workload.seed != null || workload.duration != null || replications != 1) {
      throw new InputException(
          "--seed, --duration and --replications are a workload's; leave them.");
    }
    if (called != null && called < 1) {
      throw new InputException("--called is at least 1, not " + called + ".");
    }
    TraceAccount read = TraceReader.account(file);
    TraceCommands.refuseUseless(read);
    account = read;
    Platform on = workload.platform(platform, machine, handOver());
    List<SimulationResult> results =
        Simulation.replay(
            on, file, read, OptionalInt.of(called(read)), List.of(PriceEnd.values()), threads);
    return new SimulationReport(
        file.getFileName().toString(),
        OptionalLong.empty(),
        on,
        results.stream().map(List::of).toList());
  }

  private OptionalDouble handOver() {
    return handOver == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(Nanoseconds.parse(handOver).value());
  }
}
