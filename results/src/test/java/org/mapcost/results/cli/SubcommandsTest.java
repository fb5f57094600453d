package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// Guards that a line has the command it names, by the command's own name, and that a line that
/// names none has all of them.
class SubcommandsTest {
  private static Map<String, CommandLine> of(String... words) {
    return Subcommands.of(new Mapcost(), List.of(words)).getSubcommands();
  }

  @Test
  void everyCommandHasTheNameOfItsAnnotation() {
    assertThat(of("--help")).hasSizeGreaterThan(20).containsKeys("walk", "report", "man");
    of("--help")
        .forEach((name, command) -> assertThat(command.getCommandSpec().name()).isEqualTo(name));
  }

  @Test
  void aLineHasTheCommandItNamesAlone() {
    assertThat(of("walk", "--address", "0")).containsOnlyKeys("walk");
    assertThat(of("--quiet", "--stacktrace", "kernels")).containsOnlyKeys("kernels");
  }

  @Test
  void whatNamesNoneOrLooksAtAllHasAll() {
    int all = of().size();
    for (String[] line :
        new String[][] {
          {"wlk"}, {"--", "walk"}, {"--help", "walk"}, {"man", "walk"}, {"generate-completion"}
        }) {
      assertThat(of(line)).as(String.join(" ", line)).hasSize(all);
    }
  }

  @Test
  void whatIsInheritedIsThere() {
    assertThat(Objects.requireNonNull(of("walk").get("walk")).getCommandSpec().optionsMap())
        .containsKeys("--quiet", "--stacktrace");
  }
}
