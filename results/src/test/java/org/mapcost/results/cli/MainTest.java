package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Guards the contract of the command line itself: usage errors, help, version, manual pages and
/// completion.
class MainTest {
  @Test
  void versionNamesTheRevision() {
    CommandLineRun run = CommandLineRun.of("--version");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .matches("mapcost \\d+\\.\\d+\\.\\d+ \\(git ([0-9a-f]{12}|unknown)(, modified)?\\)\\R");
  }

  @Test
  void usageErrors() {
    assertThat(CommandLineRun.of().exitCode()).isEqualTo(2);
    assertThat(CommandLineRun.of().err()).startsWith("mapcost: name a command");
    CommandLineRun typo = CommandLineRun.of("wlak");
    assertThat(typo.exitCode()).isEqualTo(2);
    assertThat(typo.err()).startsWith("mapcost: unknown command 'wlak'; did you mean 'walk'?");
    CommandLineRun option = CommandLineRun.of("walk", "--adress", "0x1");
    assertThat(option.exitCode()).isEqualTo(2);
    assertThat(option.err())
        .startsWith("mapcost: unknown option '--adress'; did you mean '--address'?");
  }

  @Test
  void everyCommandHasHelpAndAManualPage() {
    for (String command : new picocli.CommandLine(new Mapcost()).getSubcommands().keySet()) {
      CommandLineRun help = CommandLineRun.of(command, "--help");
      assertThat(help.exitCode()).as(command).isZero();
      assertThat(help.out()).contains("Usage: mapcost " + command);
      CommandLineRun man = CommandLineRun.of("man", command);
      assertThat(man.out()).startsWith(".TH MAPCOST-").contains(".SH SYNOPSIS");
    }
    assertThat(CommandLineRun.of("man").out()).contains(".SH COMMANDS");
    assertThat(CommandLineRun.of("man", "wakl").err())
        .startsWith("mapcost: unknown command 'wakl'; did you mean 'walk'?");
  }

  @Test
  void completionIsAScriptForTheShell() {
    assertThat(CommandLineRun.of("generate-completion").out())
        .contains("complete -F")
        .contains("walk");
  }
}
