package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.List;
import org.mapcost.model.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints the manual page of mapcost, or of one command, in the `man` macros: always what the
/// program itself says.
@Command(
    name = "man",
    description = "Prints the manual page of mapcost or of one command, for man(1).",
    mixinStandardHelpOptions = true,
    footer = {"", "To read it:  mapcost man walk | man -l -"})
final class ManCommand implements Runnable {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "The command to describe.")
  List<String> command = List.of();

  @Override
  public void run() {
    CommandSpec root = spec.root();
    CommandSpec described = root;
    if (!command.isEmpty()) {
      CommandLine found = root.subcommands().get(command.getFirst());
      if (found == null) {
        throw Nearest.unknown("command", command.getFirst(), root.subcommands().keySet());
      }
      described = found.getCommandSpec();
    }
    print(described, spec.commandLine().getOut());
  }

  private static void print(CommandSpec page, PrintWriter out) {
    String name = page.qualifiedName("-");
    out.printf(
        ".TH %s 1 \"\" \"mapcost %s\" \"mapcost manual\"%n",
        name.toUpperCase(java.util.Locale.ROOT), Version.version());
    section(out, "NAME");
    out.println(text(name) + " \\- " + text(first(page.usageMessage().description())));
    section(out, "SYNOPSIS");
    CommandLine.Help help = page.commandLine().getHelp();
    out.println(text(help.synopsis(0).strip().replaceAll("\\s+", " ")));
    section(out, "DESCRIPTION");
    for (String line : page.usageMessage().description()) {
      out.println(text(line));
    }
    if (!page.subcommands().isEmpty()) {
      section(out, "COMMANDS");
      page.subcommands()
          .forEach((key, sub) ->
              entry(out, key, first(sub.getCommandSpec().usageMessage().description())));
    }
    section(out, "OPTIONS");
    for (OptionSpec option : page.options()) {
      if (!option.hidden()) {
        entry(out, String.join(", ", option.names()) + label(option), description(option));
      }
    }
    for (ArgSpec argument : page.positionalParameters()) {
      entry(out, argument.paramLabel(), description(argument));
    }
    if (page.usageMessage().footer().length > 0) {
      section(out, "NOTES");
      out.println(".nf");
      for (String line : page.usageMessage().footer()) {
        out.println(text(line));
      }
      out.println(".fi");
    }
  }

  private static String label(OptionSpec option) {
    return option.arity().max() == 0 ? "" : " " + option.paramLabel();
  }

  private static String description(ArgSpec argument) {
    String defaultValue = argument.defaultValue();
    return String.join(" ", argument.description())
        .replace("${DEFAULT-VALUE}", defaultValue == null ? "none" : defaultValue);
  }

  private static void section(PrintWriter out, String title) {
    out.println(".SH " + title);
  }

  private static void entry(PrintWriter out, String term, String description) {
    out.println(".TP");
    out.println(".B " + text(term));
    out.println(text(description));
  }

  private static String first(String[] lines) {
    return lines.length == 0 ? "" : lines[0];
  }

  /// Escapes what the macros would take as theirs. A percent sign is written twice for picocli.
  private static String text(String plain) {
    String escaped = plain.replace("%%", "%").replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
