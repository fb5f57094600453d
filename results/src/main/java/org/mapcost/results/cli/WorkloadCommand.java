package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.workload.Workload;
import org.mapcost.model.workload.Workloads;
import org.mapcost.model.workload.trace.TraceAccount;
import org.mapcost.model.workload.trace.TraceReader;
import org.mapcost.model.workload.trace.TraceWorkload;
import org.mapcost.results.run.WholeFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Workload files: which there are, what is in one, and how a trace becomes one.
@Command(
    name = "workload",
    description =
        "Lists the workloads that come with mapcost; its subcommands print, check and make"
            + " workload files.",
    mixinStandardHelpOptions = true,
    subcommands = {
      WorkloadCommand.Show.class,
      WorkloadCommand.Check.class,
      WorkloadCommand.FromTrace.class
    },
    footer = {"", "The workload 'reference' explains every key: mapcost workload show reference"})
final class WorkloadCommand implements Runnable {
  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    Table table = new Table("workload", "about", "machine", "kernel", "strategy");
    for (String name : Workloads.names()) {
      Workload each = Workloads.named(name);
      if (format.format == OutputFormat.JSON) {
        out.println(
            Json.line(
                Json.object(
                    "workload", name,
                    "about", each.about(),
                    "machine", each.machine().orElse(""),
                    "kernel", each.kernel().orElse(""),
                    "strategy", each.strategy().orElse(""))));
      }
      table.row(
          name,
          each.about(),
          each.machine().orElse(""),
          each.kernel().orElse(""),
          each.strategy().orElse(""));
    }
    if (format.format != OutputFormat.JSON) {
      table.print(format.format, out);
    }
  }

  /// The text of a bundled workload.
  @Command(
      name = "show",
      description = "Prints a workload file that comes with mapcost, to begin one's own with.",
      mixinStandardHelpOptions = true)
  static final class Show implements Runnable {
    @Parameters(paramLabel = "NAME", description = "Such as reference, which explains every key.")
    String name = "";

    @Spec CommandSpec spec;

    @Override
    public void run() {
      Workloads.known(name);
      spec.commandLine().getOut().print(Workloads.text(name));
      spec.commandLine().getOut().flush();
    }
  }

  /// Reads a workload file and says what is wrong with it.
  @Command(
      name = "check",
      description = "Reads a workload file and those it includes, and says what is wrong with it.",
      mixinStandardHelpOptions = true)
  static final class Check implements Runnable {
    @Parameters(paramLabel = "FILE", description = "The workload file.")
    String file = "";

    @Spec CommandSpec spec;

    @Override
    public void run() {
      Workload read = Workloads.named(file);
      spec.commandLine()
          .getOut()
          .printf(
              "%s: workload '%s' with %d kind%s of clients.%n",
              file, read.name(), read.clients().size(), read.clients().size() == 1 ? "" : "s");
    }
  }

  /// A recorded trace as a workload file.
  @Command(
      name = "from-trace",
      description = {
        "Writes a workload file whose clients would leave such a trace, on average: sizes, rates,"
            + " lives and touched shares as recorded.",
        "What the trace does not tell is a comment in the file."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "The trace is the text of ftrace (trace or trace_pipe), 'trace-cmd report' or 'perf"
            + " script'. Its i915_gem_object_* and",
        "amdgpu_bo_* events become buffers; without any, page_fault_user and page_fault_kernel"
            + " become stretches of memory.",
        "A file of any length is read in the same memory; unknown events are counted, damaged"
            + " lines named.",
        "",
        "Example:",
        "  perf record -e exceptions:page_fault_user -e tlb:tlb_flush -a sleep 10; perf script >"
            + " trace.txt",
        "  mapcost workload from-trace trace.txt --out mine.yaml; mapcost simulate --workload"
            + " mine.yaml"
      })
  static final class FromTrace implements Runnable {
    @Parameters(paramLabel = "TRACE", description = "The text of the trace.")
    Path trace = Path.of("");

    @Option(
        names = "--name",
        paramLabel = "NAME",
        defaultValue = "from-trace",
        description = "The workload's name in results (default: ${DEFAULT-VALUE}).")
    String name = "from-trace";

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "The workload file to write. Default: standard output.")
    @Nullable Path out;

    @Option(names = "--force", description = "Overwrite the file in --out.")
    boolean force;

    @Spec CommandSpec spec;

    @Override
    public void run() {
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
        throw new InputException(
            "--name '" + name + "': use letters, digits, - . and _, such as my-trace.");
      }
      Path into = out;
      if (into != null && Files.exists(into) && !force) {
        throw new InputException(into + ": is there already; name another file, or give --force.");
      }
      TraceAccount account = TraceReader.account(trace);
      TraceCommands.refuseUseless(account);
      String yaml = TraceWorkload.yaml(trace, account, name);
      if (into == null) {
        spec.commandLine().getOut().print(yaml);
        spec.commandLine().getOut().flush();
        return;
      }
      WholeFile.write(into, stream -> stream.write(yaml.getBytes(StandardCharsets.UTF_8)));
      account.sentences().forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().println("Workload: " + into);
    }
  }
}
