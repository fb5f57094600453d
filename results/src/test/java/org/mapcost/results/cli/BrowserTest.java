package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.results.explorer.Browser;
import org.mapcost.results.explorer.Explorer;
import org.mapcost.results.report.Fixture;
import org.mapcost.results.run.Manifest;
import org.mapcost.results.run.Measurement;
import tools.jackson.databind.JsonNode;

/// Guards the report and the explorer as a browser shows them: nothing is asked for elsewhere, the
/// console stays empty, nothing is wider than the screen, and numbers are the command line's.
///
/// Needs Chromium on the PATH; skipped where there is none.
class BrowserTest {
  private static final String TREE = "bundled:laptop-cometlake-igpu";

  @TempDir static Path folder;

  private static Optional<Browser> started = Optional.empty();
  private static Optional<Explorer> explorer = Optional.empty();

  @BeforeAll
  static void start() throws IOException {
    Optional<Path> program = Browser.program();
    assumeTrue(program.isPresent(), "no Chromium on the PATH (Debian: apt-get install chromium)");
    started = Optional.of(Browser.start(program.orElseThrow()));
    explorer = Optional.of(Explorer.start(0, new ServeCommand.Commands()));
    List<Measurement> measurements = new ArrayList<>(Fixture.measurements(3));
    measurements.add(
        new Measurement(
            "a.<script>alert(1)</script>",
            Map.of("tree", "\"><img src=x onerror=alert(2)>"),
            "avgt",
            "ns/op",
            List.of(List.of(1.0)),
            Map.of()));
    Fixture.runFolder(folder, Manifest.Status.COMPLETE, measurements);
    assertThat(CommandLineRun.of("report", "--run", folder.toString(), "--iomem", TREE).exitCode())
        .isZero();
  }

  @AfterAll
  static void stop() throws IOException {
    explorer.ifPresent(Explorer::close);
    if (started.isPresent()) {
      started.get().close();
    }
  }

  private static Browser browser() {
    return started.orElseThrow();
  }

  private static void explore(String query) {
    browser().open(explorer.orElseThrow().address() + "?" + query);
    browser().until("document.body.dataset.answered !== undefined");
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1366})
  void theReportNeedsNoNetworkAndFitsTheScreen(int width) {
    Browser browser = browser();
    browser.resize(width, 900);
    browser.offline(true);
    browser.open(folder.resolve("report.html").toUri().toString());
    browser.offline(false);
    assertThat(browser.requests()).allMatch(each -> each.matches("(file|data):.*"));
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.value("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(width);
    assertThat(browser.value("document.scripts.length").asInt()).isZero();
    assertThat(browser.value("document.images.length").asInt()).isZero();
    assertThat(
            browser
                .value("document.body.textContent.includes('a.<script>alert(1)</script>')")
                .asBoolean())
        .isTrue();
    assertThat(browser.value("document.fonts.check('16px Roboto')").asBoolean()).isTrue();
  }

  @Test
  void theReportCanBeReadByKeysAloneAndInTheDark() {
    Browser browser = browser();
    browser.resize(1366, 900);
    browser.media("dark", "screen");
    browser.open(folder.resolve("report.html").toUri().toString());
    assertThat(browser.value("getComputedStyle(document.body).backgroundColor").asString())
        .isEqualTo("rgb(21, 25, 30)");
    assertThat(
            browser
                .value("[...document.querySelectorAll('.scroll')].every(e => e.tabIndex === 0)")
                .asBoolean())
        .isTrue();
    browser.media("light", "screen");
  }

  @Test
  void theExplorersNumbersAreTheCommandLines() {
    explore("machine=epyc-milan&cpus=64&kernel=6.1&tree=" + TREE + "&buffer=1MiB");
    Browser browser = browser();
    assertThat(browser.complaints()).isEmpty();
    String origin = explorer.orElseThrow().address().toString();
    assertThat(browser.requests()).allMatch(each -> each.startsWith(origin));
    String command = browser.value("document.getElementById('command').textContent").asString();
    assertThat(command).startsWith("scripts/mapcost compare ");
    List<String> words =
        new ArrayList<>(List.of(command.split(" ")).subList(1, command.split(" ").length));
    words.addAll(List.of("--format", "json"));
    JsonNode printed = CommandLineRun.of(words.toArray(String[]::new)).json().getFirst();
    int rows = 0;
    for (JsonNode each : printed.path("strategies")) {
      if (each.path("applicable").asBoolean()) {
        rows++;
        String shown =
            browser
                .value(
                    "[...document.querySelectorAll('tr[data-strategy=\"%s\"] td[data-ns]')].map(e => e.dataset.ns).join(';')"
                        .formatted(each.path("strategy").asString()))
                .asString();
        assertThat(shown)
            .isEqualTo(
                String.join(
                    ";",
                    numbers(each.path("caller_ns_per_page")),
                    numbers(each.path("caller_ns")),
                    numbers(each.path("stolen_ns")),
                    numbers(each.path("later_caller_ns"))));
      }
    }
    assertThat(browser.value("document.querySelectorAll('tbody tr').length").asInt())
        .isEqualTo(rows)
        .isGreaterThan(5);
    assertThat(browser.value("document.querySelectorAll('figure svg').length").asInt())
        .isEqualTo(3);
  }

  private static String numbers(JsonNode interval) {
    List<String> ends = new ArrayList<>();
    interval.forEach(end -> ends.add(end.asDecimal().stripTrailingZeros().toPlainString()));
    return String.join(" ", ends);
  }

  @Test
  void aSliderMovesTheNumbersTheCommandAndTheAddress() {
    explore("buffer=64KiB&tree=" + TREE);
    Browser browser = browser();
    String before = browser.value("document.getElementById('rows').textContent").asString();
    browser.value(
        "(() => { const s = document.getElementById('buffer'); s.value = Number(s.value) + 2;"
            + " s.dispatchEvent(new Event('input', { bubbles: true })); })()");
    browser.until("document.body.dataset.answered.includes('buffer=256KiB')");
    assertThat(browser.value("document.getElementById('rows').textContent").asString())
        .isNotEqualTo(before);
    assertThat(browser.value("document.getElementById('command').textContent").asString())
        .contains("--buffer 256KiB");
    assertThat(browser.value("location.search").asString()).contains("buffer=256KiB");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void whatIsOutOfBoundsIsSaidInThePage() {
    explore("cpus=5000");
    assertThat(browser().value("document.getElementById('error').textContent").asString())
        .isEqualTo("cpus is a whole number from 1 to 1024, not '5000'.");
    assertThat(browser().value("document.getElementById('error').hidden").asBoolean()).isFalse();
  }

  /// On a phone the answer is on the first screen and stays there; the boxes are one key away.
  @Test
  void theAnswerIsSeenWithoutScrolling() {
    Browser browser = browser();
    for (int width : List.of(390, 1280)) {
      browser.resize(width, 800);
      explore("tree=" + TREE);
      String bottom = "document.getElementById('headline').getBoundingClientRect().bottom";
      assertThat(browser.value(bottom).asDouble()).isBetween(40.0, 400.0);
      assertThat(browser.value("document.getElementById('strategies-control').open").asBoolean())
          .isEqualTo(width > 900);
      assertThat(
              browser.value("document.querySelector('figure svg').viewBox.baseVal.width").asInt())
          .isEqualTo(width > 900 ? 1280 : 520);
    }
    browser.resize(390, 800);
    browser.value("window.scrollTo(0, 1500)");
    assertThat(
            browser
                .value("document.getElementById('headline').getBoundingClientRect().top")
                .asDouble())
        .isZero();
    browser.value("document.querySelector('#strategies-control summary').focus()");
    assertThat(browser.value("document.activeElement.tagName").asString()).isEqualTo("SUMMARY");
    browser.value("document.activeElement.click()");
    assertThat(
            browser
                .value("document.querySelector('#strategies input').offsetHeight > 0")
                .asBoolean())
        .isTrue();
    browser.resize(1366, 900);
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 768, 1366})
  void theExplorerFitsTheScreen(int width) throws IOException {
    browser().resize(width, 900);
    explore("buffer=64KiB&tree=" + TREE);
    assertThat(browser().value("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(width);
    String pictures = System.getProperty("mapcost.screenshots", "");
    if (!pictures.isEmpty()) {
      Files.write(Path.of(pictures, "explorer-" + width + ".png"), browser().picture());
    }
  }
}
