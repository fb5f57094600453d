package org.mapcost.results.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import picocli.CommandLine;

/// The application's entry: one subcommand a question, exit codes 0 (done), 1 (a comparison or
/// check failed), 2 (bad usage or input).
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exitCode = run(isTerminal(), out, err, args);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  /// Runs one command line, whose output goes to a file or a pipe, and returns its exit code.
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return run(false, out, err, args);
  }

  private static int run(boolean terminal, PrintWriter out, PrintWriter err, String... args) {
    Mapcost root = new Mapcost();
    root.terminal = terminal;
    CommandLine commandLine = Subcommands.of(root, List.of(args));
    commandLine.setOut(out);
    commandLine.setErr(err);
    commandLine.setUsageHelpAutoWidth(true);
    commandLine.setParameterExceptionHandler(Main::badUsage);
    commandLine.setExecutionExceptionHandler(Main::failed);
    commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(ansi()));
    return commandLine.execute(args);
  }

  /// Colour only for people: not when `NO_COLOR` is set, and not into a file or pipe (picocli's
  /// automatic choice).
  static CommandLine.Help.Ansi ansi() {
    String noColor = System.getenv("NO_COLOR");
    return noColor != null && !noColor.isEmpty()
        ? CommandLine.Help.Ansi.OFF
        : CommandLine.Help.Ansi.AUTO;
  }

  private static int badUsage(CommandLine.ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command.getErr().println("mapcost: " + oneLine(meant(e)));
    command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return 2;
  }

  /// The message; for a mistyped command or option with the name that was probably meant.
  private static @Nullable String meant(CommandLine.ParameterException e) {
    CommandLine.Model.CommandSpec spec = e.getCommandLine().getCommandSpec();
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      String typed = unmatched.getUnmatched().getFirst();
      if (typed.startsWith("-")) {
        return Nearest.unknown("option", typed, spec.optionsMap().keySet()).getMessage();
      }
      if (!spec.subcommands().isEmpty()) {
        return Nearest.unknown("command", typed, spec.subcommands().keySet()).getMessage();
      }
    }
    return e.getMessage();
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    Mapcost root = (Mapcost) command.getCommandSpec().root().userObject();
    if (root.stacktrace) {
      e.printStackTrace(command.getErr());
    }
    if (e instanceof InputException) {
      command.getErr().println("mapcost: " + oneLine(e.getMessage()));
      return 2;
    }
    command
        .getErr()
        .println(
            "mapcost: internal error: "
                + oneLine(e.toString())
                + (root.stacktrace ? "" : " (--stacktrace shows where)"));
    return 1;
  }

  private static String oneLine(@Nullable String message) {
    return message == null ? "no message" : message.replaceAll("\\s*\\R\\s*", " ");
  }
}
