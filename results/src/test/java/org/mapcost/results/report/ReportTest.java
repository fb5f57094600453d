package org.mapcost.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapcost.model.InputException;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.run.Measurement;

/// Guards the report's promises: one file that asks for no other, every text escaped, the same
/// words in both forms, and no number that the run does not carry.
class ReportTest {
  private static final Pattern ELSEWHERE =
      Pattern.compile("(?:src|href)\\s*=\\s*[\"']?(?:https?:|//)|@import|url\\((?!data:|#)");

  @TempDir static Path folder;

  private static String html = "";
  private static String markdown = "";

  @BeforeAll
  static void write() throws IOException {
    Files.writeString(folder.resolve("jmh.json"), "kept");
    Report.Written written = Report.write(Fixture.input(Fixture.measurements(3)), folder);
    html = Files.readString(written.html());
    markdown = Files.readString(folder.resolve(Report.MARKDOWN));
  }

  /// To accept a change: copy the text that the failure shows over the golden file.
  @Test
  void theMarkdownIsTheGoldenOne() throws IOException {
    try (InputStream golden = ReportTest.class.getResourceAsStream("report.md")) {
      String expected =
          new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(markdown).isEqualTo(expected);
    }
  }

  @Test
  void thePageAsksForNoOtherFile() {
    assertThat(ELSEWHERE.matcher(html.replace("xmlns=\"http://www.w3.org/2000/svg\"", "")).find())
        .isFalse();
    assertThat(html)
        .doesNotContain("<script", "<link", "<img", "<iframe")
        .contains("default-src 'none'")
        .hasSizeLessThan(2_000_000);
  }

  @Test
  void chartsStandInThePageWithWordsAndNumbers() {
    assertThat(html.split("<svg", -1)).hasSize(1 + 2 * 9);
    assertThat(html.split("role=\"img\"", -1)).hasSize(1 + 2 * 9);
    assertThat(html.split("<details>", -1).length).isGreaterThan(3);
    for (String name :
        List.of(
            "visits-by-address",
            "time-per-walk",
            "time-per-node",
            "cost-by-strategy-vram",
            "cost-by-strategy-ram",
            "cost-by-size",
            "transition-by-cpus",
            "pool-latency-by-percentile",
            "pool-cost-by-hit-ratio")) {
      assertThat(html)
          .contains(name + "-wide-title", name + "-narrow-desc", "charts/" + name + ".csv");
      for (String ending : List.of(".svg", ".png", "-dark.png", ".csv")) {
        assertThat(folder.resolve("charts").resolve(name + ending)).isNotEmptyFile();
      }
    }
  }

  @Test
  void linksInThePageLeadSomewhere() {
    Pattern.compile("href=\"([^\"]*)\"")
        .matcher(html)
        .results()
        .map(each -> each.group(1))
        .forEach(link -> {
          if (link.startsWith("#")) {
            assertThat(html).contains("id=\"" + link.substring(1) + "\"");
          } else {
            assertThat(folder.resolve(link)).exists();
          }
        });
  }

  @Test
  void bothFormsSayTheSame() {
    for (String text : List.of("The answer", "Limits", "[1.55 2.00 2.56] ns", "2.50 s of")) {
      assertThat(html).as(text).contains(text);
      assertThat(markdown).as(text).contains(text);
    }
  }

  @Test
  void otherFilesOfTheFolderAreLeftAlone() {
    assertThat(folder.resolve("jmh.json")).hasContent("kept");
    assertThat(folder).isDirectoryNotContaining(each -> each.toString().endsWith(".part"));
  }

  @Test
  void textFromOutsideIsNoMarkup() {
    List<Measurement> odd = new ArrayList<>(Fixture.measurements(3));
    odd.add(
        new Measurement(
            "a.<script>alert(1)</script>.b",
            Map.of("tree", "\"><img src=x onerror=alert(2)>"),
            "avgt",
            "<b>ns</b>",
            List.of(List.of(1.0)),
            Map.of()));
    odd.add(Fixture.measurement("walk", "</style><script>", "<i>w9</i>", 10, 20, 2));
    ReportInput from = Fixture.input(odd);
    Page page =
        WalkReport.page(
            new ReportInput(
                from.measurements(),
                from.environment(),
                from.manifest(),
                from.tree(),
                "</title><script>x|y`z`",
                false,
                List.of("echo '<script>'")));
    assertThat(Html.of(page))
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script", "<img", "<b>", "<i>");
    assertThat(Markdown.of(page).replaceAll("(?s)```.*?```", ""))
        .doesNotContain("<script", "<i>")
        .contains("x\\|y\\`z\\`");
  }

  /// Marks beyond what an eye can tell apart are left to the CSV file.
  @Test
  void tenThousandResultsMakeNoLargePage() {
    List<Measurement> many = new ArrayList<>(Fixture.measurements(3));
    for (int i = 0; i < 10_000; i++) {
      String method = i % 6 < 3 ? "walk" : "chase";
      String behaviour = "w" + (1 + i % 3);
      many.add(Fixture.measurement(method, "t" + i / 6, behaviour, 100 + i, 200 + 2 * i, 3));
    }
    Page page = WalkReport.page(Fixture.input(many));
    assertThat(Html.of(page))
        .hasSizeLessThan(2_000_000)
        .contains("of 10,010 points, evenly; the CSV file has all.");
    Figure figure =
        page.figures().stream()
            .filter(each -> each.name().equals("time-per-walk"))
            .findFirst()
            .orElseThrow();
    assertThat(figure.data().rows()).hasSize(10_010);
  }

  @Test
  void oneForkIsNotComparable() {
    String text = Markdown.of(WalkReport.page(Fixture.input(Fixture.measurements(1))));
    assertThat(text)
        .contains("A visited node took 2.00 ns with the nodes in the first cache (one fork, not")
        .contains("| one fork, not comparable |")
        .contains("no price measured")
        .doesNotContain("times a plain pointer chase");
  }

  @Test
  void aRatioThatMayBeOneIsNoFinding() {
    List<Measurement> alike =
        List.of(
            Fixture.measurement("walk", "t", "w2", 100, 101, 3),
            Fixture.measurement("chase", "t", "w2", 100, 100, 3));
    String unsure = "this run cannot tell the search from the chase";
    assertThat(Markdown.of(WalkReport.page(Fixture.input(alike)))).contains(unsure);
    assertThat(markdown).doesNotContain(unsure);
  }

  @Test
  void aRunWithoutWalksStillCounts() {
    Page page = WalkReport.page(Fixture.input(List.of()));
    assertThat(Markdown.of(page))
        .contains("visits ")
        .contains("This run timed no walk, so it says nothing about nanoseconds.")
        .contains("No walk of this run has its nodes in: L1, L2, LLC and beyond.");
    assertThat(page.figures()).hasSize(7);
    assertThat(Html.of(page)).contains("no price measured");
  }

  /// A tree with no BAR, and one with no RAM: charts that need them are missing, and said to be.
  @Test
  void aTreeWithoutBarOrRamHasFewerCharts() {
    ResourceTree noBar =
        new ResourceTree.Builder("t").add(0, 0x100000, 0x3fffffff, "System RAM").build();
    assertThat(names(noBar))
        .contains("cost-by-strategy-ram", "pool-cost-by-hit-ratio")
        .doesNotContain("cost-by-size", "cost-by-strategy-vram");
    ResourceTree bare =
        new ResourceTree.Builder("t").add(0, 0x200000, 0x2fffff, "Reserved").build();
    assertThat(names(bare)).containsExactly("visits-by-address");
    assertThat(Markdown.of(page(bare)))
        .contains("This tree has no PCI BAR, so there is no buffer of VRAM to price.");
  }

  private static List<String> names(ResourceTree tree) {
    return page(tree).figures().stream().map(Figure::name).toList();
  }

  private static Page page(ResourceTree tree) {
    ReportInput from = Fixture.input(List.of());
    return WalkReport.page(
        new ReportInput(
            List.of(), from.environment(), from.manifest(), tree, "a tree", false, List.of()));
  }

  @Test
  void stretchesKeepEveryLetter() {
    String text = "see vm_insert_pfn at 0x40 in /proc/iomem: [1 2 3] µs, [a].";
    assertThat(Html.stretches(text))
        .extracting(Html.Stretch::text)
        .containsExactly(
            "see ",
            "vm_insert_pfn",
            " at ",
            "0x40",
            " in ",
            "/proc/iomem",
            ": ",
            "[1 2 3] µs",
            ", [a].");
    assertThat(Html.stretches("")).isEmpty();
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed(@TempDir Path other) throws IOException {
    Path file = Files.writeString(other.resolve("file"), "text");
    assertThatThrownBy(() -> Report.write(Fixture.input(List.of()), file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": no report can be written here");
  }
}
