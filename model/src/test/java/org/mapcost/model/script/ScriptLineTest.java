package org.mapcost.model.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.InputException;

/// Guards that a script keeps its lines word for word with their numbers, that comments and blank
/// lines are none, and that a number of pages is one.
class ScriptLineTest {
  @TempDir Path folder;

  @Test
  void linesAreKeptAsTheyStand() throws IOException {
    Path file = folder.resolve("s.txt");
    Files.writeString(file, "# start\r\n\r\n  alloc  b0 wc 16 # why \r\n\t\nfree b0");
    List<ScriptLine> lines = ScriptLine.read(file);
    assertThat(lines)
        .extracting(ScriptLine::text)
        .containsExactly("  alloc  b0 wc 16 # why ", "free b0");
    assertThat(lines).extracting(ScriptLine::number).containsExactly(3, 5);
    assertThat(lines.getFirst().words()).containsExactly("alloc", "b0", "wc", "16");
    assertThat(lines.getFirst().refused("why.")).hasMessage(file + ":3: why.");
  }

  @Test
  void aHashInsideAWordIsNoComment() {
    assertThat(ScriptLine.parse("s", "free b#1").getFirst().words()).containsExactly("free", "b#1");
  }

  @Test
  void nothingToDo() {
    assertThatThrownBy(() -> ScriptLine.parse("s", "# only this\n\n"))
        .isInstanceOf(InputException.class)
        .hasMessage("s: no operation in it; write one a line.");
    assertThatThrownBy(() -> ScriptLine.read(folder.resolve("none")))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("none: no such file.");
    assertThatThrownBy(() -> new ScriptLine("s", 1, "", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pages() {
    ScriptLine line = ScriptLine.of("s", 7, "limit 2_000");
    assertThat(line.pages(1, "limit PAGES", 0)).isEqualTo(2000);
    assertThat(ScriptLine.of("s", 7, "limit 0").pages(1, "limit PAGES", 0)).isZero();
    assertThat(ScriptLine.of("s", 7, "limit 2147483631").pages(1, "limit PAGES", 0))
        .isEqualTo(2147483631);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          limit -1         | s:7: '-1' is no number of pages; write, for example, 64.
          limit many       | s:7: 'many' is no number of pages; write, for example, 64.
          limit 0          | s:7: a number of pages is 1 to 2147483631, not 0.
          limit 2147483632 | s:7: a number of pages is 1 to 2147483631, not 2147483632.
          limit            | s:7: 'limit' is not of the form 'limit PAGES'.
          limit 1 2        | s:7: 'limit 1 2' is not of the form 'limit PAGES'.
          """)
  void noPages(String text, String message) {
    ScriptLine line = ScriptLine.of("s", 7, text);
    assertThatThrownBy(() -> line.pages(1, "limit PAGES", 1))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }
}
