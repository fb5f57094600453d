package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.mapcost.model.InputException;
import org.mapcost.model.whatif.Costs;
import org.mapcost.results.chart.Typeface;
import org.mapcost.results.explorer.Asker;
import org.mapcost.results.explorer.Explorer;
import org.mapcost.results.figure.Picture;
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
    /// Costs are forgotten after so many answers, so that they do not fill the memory.
    private static final int FORGET = 500;

    private final AtomicInteger answers = new AtomicInteger();
    private volatile Costs costs = new Costs(Set.of());

    private Costs costs() {
      if (answers.incrementAndGet() % FORGET == 0) {
        costs = new Costs(Set.of());
      }
      return costs;
    }

    @Override
    public String json(List<String> words) {
      StringWriter out = new StringWriter();
      if (words.getFirst().equals("whatif")) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--format", "json"));
        ((WhatifCommand) parsed(all)).run(costs(), new PrintWriter(out));
        return out.toString();
      }
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
      return ((ChartCommand) parsed(words)).picture(costs());
    }

    /// The command of a line, with its options.
    private static Object parsed(List<String> words) {
      List<String> all = new ArrayList<>(words);
      all.add("--quiet");
      return Subcommands.of(new Mapcost(), all)
          .setErr(new PrintWriter(Writer.nullWriter()))
          .parseArgs(all.toArray(String[]::new))
          .subcommand()
          .commandSpec()
          .userObject();
    }
  }
}
