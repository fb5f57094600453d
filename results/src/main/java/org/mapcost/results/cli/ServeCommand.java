package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.mapcost.model.InputException;
import org.mapcost.results.chart.Typeface;
import org.mapcost.results.explorer.Asker;
import org.mapcost.results.explorer.Explorer;
import org.mapcost.results.figure.Picture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The explorer: the model behind sliders, on this host alone.
@Command(
    name = "serve",
    description = {
      "Opens the explorer on this host's loopback: machine, CPUs, kernel, tree, buffer, memory,"
          + " pool and strategies as controls; costs, charts and crossovers follow them.",
      "Every answer shows the command line that prints the same. Ctrl-C ends it."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Only programs on this host can reach it; requests under another host name are refused. From"
          + " afar: ssh -L 8421:127.0.0.1:8421 HOST, then open http://127.0.0.1:8421/."
    })
final class ServeCommand implements Runnable {
  private static final int HIGHEST_PORT = 65_535;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8421",
      description = "Where to listen; 0 for any free port (default: ${DEFAULT-VALUE}).")
  int port = 8421;

  @Spec CommandSpec spec;

  @Override
  public void run() {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new InputException("--port is 0 to 65535, not " + port + ".");
    }
    // What this host lacks for charts is said now, not in the page.
    Typeface.bundled();
    CountDownLatch end = new CountDownLatch(1);
    try (Explorer explorer = Explorer.start(port, new Commands())) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(explorer.address());
      out.flush();
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Asks the commands, in this process.
  static final class Commands implements Asker {
    @Override
    public String json(List<String> words) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      List<String> all = new ArrayList<>(words);
      all.addAll(List.of("--format", "json", "--quiet"));
      int exit = Main.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
      if (exit != 0) {
        String reason = err.toString().strip().replaceFirst("^mapcost: ", "");
        throw new InputException(reason.lines().findFirst().orElse("no answer"));
      }
      return out.toString();
    }

    @Override
    public Picture picture(List<String> words) {
      List<String> all = new ArrayList<>(words);
      all.add("--quiet");
      CommandLine.ParseResult parsed =
          new CommandLine(new Mapcost())
              .setCaseInsensitiveEnumValuesAllowed(true)
              .setErr(new PrintWriter(Writer.nullWriter()))
              .parseArgs(all.toArray(String[]::new));
      return ((ChartCommand) parsed.subcommand().commandSpec().userObject()).picture();
    }
  }
}
