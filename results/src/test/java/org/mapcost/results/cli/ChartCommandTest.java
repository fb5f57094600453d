package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Guards that every kind of chart comes as SVG, PNG, CSV and words, overwrites nothing unasked,
/// and says what is wrong with what was typed.
class ChartCommandTest {
  private static final String TREE = "bundled:laptop-cometlake-igpu";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cost-by-size",
        "cost-by-strategy",
        "insertion-calls",
        "visits-by-tree-size",
        "visits-by-address",
        "tornado",
        "transition-by-cpus",
        "pool-by-hit-ratio"
      })
  void aChartIsFourFiles(String kind) throws IOException {
    CommandLineRun run = chart(kind, "--buffer", "1MiB", "--iomem", TREE, "--format", "json");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    var files = run.json().getFirst().path("files");
    assertThat(files.size()).isEqualTo(4);
    for (var file : files) {
      assertThat(Path.of(file.asString())).isNotEmptyFile();
    }
    String svg = Files.readString(Path.of(files.get(0).asString()));
    assertThat(svg).contains("role=\"img\"", "<title", "<desc").doesNotContain("<text");
    assertThat(Files.readAllBytes(Path.of(files.get(1).asString())))
        .startsWith(0x89, 'P', 'N', 'G');
    assertThat(Files.readString(Path.of(files.get(3).asString())))
        .contains(run.json().getFirst().path("description").asString());
  }

  @Test
  void withoutAKindTheKindsAreListed() {
    CommandLineRun run = CommandLineRun.of("chart");
    assertThat(run.exitCode()).isZero();
    assertThat(Arrays.stream(ChartKind.values()).map(ChartKind::key))
        .allSatisfy(key -> assertThat(run.out()).contains(key));
  }

  /// Some strategies need pages in a row, which memory has only up to a size.
  @Test
  void aStrategyThatServesSmallBuffersAloneEndsEarly() {
    CommandLineRun run =
        chart(
            "cost-by-size",
            "--iomem",
            TREE,
            "--memory",
            "ram",
            "--strategies",
            "remap-pfn-range,ttm-fault");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("Lines that end early: larger buffers are not served by remap-pfn-range.");
  }

  @Test
  void aChartThatIsThereStaysUnlessForced() throws IOException {
    assertThat(chart("visits-by-address", "--iomem", TREE).exitCode()).isZero();
    Path svg = folder.resolve("visits-by-address.svg");
    Files.writeString(svg, "mine");
    CommandLineRun again = chart("visits-by-address", "--iomem", TREE);
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err())
        .isEqualTo("mapcost: " + svg + ": is there already; overwrite it with --force.\n");
    assertThat(svg).hasContent("mine");
    assertThat(chart("visits-by-address", "--iomem", TREE, "--force").exitCode()).isZero();
    assertThat(svg).content().startsWith("<?xml");
  }

  @Test
  void bothThemesLieSideBySide() {
    chart("visits-by-address", "--iomem", TREE);
    assertThat(chart("visits-by-address", "--iomem", TREE, "--theme", "dark").exitCode()).isZero();
    assertThat(folder.resolve("visits-by-address-dark.svg")).content().contains("#15191e");
    assertThat(folder.resolve("visits-by-address.svg")).content().doesNotContain("#15191e");
  }

  @Test
  void numbersAndWordsCanBePrinted() {
    CommandLineRun csv = chart("visits-by-address", "--iomem", TREE, "--format", "csv");
    assertThat(csv.out()).startsWith("start,end (exclusive),ram,w0 (nodes)");
    CommandLineRun markdown =
        chart("visits-by-address", "--iomem", TREE, "--format", "markdown", "--force");
    assertThat(markdown.out())
        .startsWith("![Nodes visited by one look-up, by physical address](")
        .contains("| start | end (exclusive) |");
  }

  /// Along numbers as along words.
  @ParameterizedTest
  @ValueSource(strings = {"platform.nodes=30..5000:x4", "kernel=4.19,6.1,7.2"})
  void aSweepIsDrawnWithWhatDoesNotVary(String vary) {
    CommandLineRun run =
        chart("sweep", "--iomem", TREE, "--vary", vary, "--strategies", "ttm-fault,io-mapping");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("the cheapest is io-mapping");
    assertThat(folder.resolve("whatif-" + vary.split("=", 2)[0].replace('.', '-') + ".txt"))
        .content()
        .contains("64 MiB of VRAM");
    assertThat(chart("sweep", "--iomem", TREE).err()).contains("nothing varies");
  }

  @Test
  void aHistogramIsDrawnWithAsManyNinesAsItHas() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("x.hgrm"),
            """
                   Value     Percentile TotalCount 1/(1-Percentile)

                  10.000 0.000000000000          1           1.00
                  20.000 0.500000000000         50           2.00
                 100.000 0.990000000000         99         100.00
                 500.000 1.000000000000        100
            #[Mean    =       20.0, StdDeviation   =        5.0]
            """);
    CommandLineRun run =
        chart("latency", "--from", file.toString(), "--unit", "1us", "--format", "csv");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("x.hgrm,0.00000,10000,10000,10000\n")
        .contains("x.hgrm,99.00000,100000,100000,100000\n");
    assertThat(run.out()).doesNotContain("99.9");
  }

  @Test
  void whatCannotBeDrawnIsSaid() {
    assertThat(chart("cost-by-sise").err())
        .contains("unknown chart 'cost-by-sise'; did you mean 'cost-by-size'?");
    assertThat(chart("latency").err()).contains("give either --from FILE or --workload NAME.");
    assertThat(chart("cost-by-size", "--iomem", TREE, "--strategies", "cma-heap").err())
        .contains("no chart of cost by size: cma-heap (maps no vram); name another strategy.");
    assertThat(chart("transition-by-cpus", "--iomem", TREE, "--pages", "0").err())
        .contains("a transition is of 1 to 16384 pages, not 0.");
    assertThat(chart("visits-by-address", "--theme", "pink", "--iomem", TREE).err())
        .contains("--theme is light or dark, not 'pink'.");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    CommandLineRun run =
        CommandLineRun.of(
            "chart", "visits-by-address", "--iomem", TREE, "--out", file.resolve("x").toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("no chart can be written here");
  }

  private CommandLineRun chart(String... words) {
    String[] all = new String[words.length + 3];
    all[0] = "chart";
    System.arraycopy(words, 0, all, 1, words.length);
    all[words.length + 1] = "--out";
    all[words.length + 2] = folder.toString();
    return CommandLineRun.of(all);
  }
}
