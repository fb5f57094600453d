package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.io.Writer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The root command; [Subcommands] adds the others.
@Command(
    name = "mapcost",
    description =
        "What it costs to give user space a mapping of a device or DMA buffer on x86 Linux.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 done, 1 a comparison or check failed, 2 bad usage or input.",
      "NO_COLOR=1 turns colours off."
    })
final class Mapcost implements Runnable {
  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--quiet",
      scope = ScopeType.INHERIT,
      description = "Print no progress and no warnings on standard error.")
  boolean quiet;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "On an error, print where in the program it arose.")
  boolean stacktrace;

  /// Whether a person reads standard output, rather than a pipe or a file.
  boolean terminal;

  /// Where a command's warnings and progress go: standard error, or nowhere with `--quiet`.
  static PrintWriter warnings(CommandLine.Model.CommandSpec command) {
    Mapcost root = (Mapcost) command.root().userObject();
    return root.quiet ? new PrintWriter(Writer.nullWriter()) : command.commandLine().getErr();
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "name a command.");
  }
}
