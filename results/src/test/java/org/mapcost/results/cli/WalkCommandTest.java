package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Guards what `walk` prints in each format, and that every wrong input is one line on standard
/// error and exit code 2.
class WalkCommandTest {
  private static final String IOMEM =
      """
      00000000-00000fff : Reserved
      00001000-0009ffff : System RAM
      00100000-7fffffff : System RAM
        01000000-01ffffff : Kernel code
      80000000-febfffff : PCI Bus 0000:00
        80000000-8fffffff : 0000:00:02.0
        fd000000-fdffffff : 0000:00:03.0
      fec00000-fec003ff : IOAPIC 0
      """;

  @TempDir Path folder;
  private String file = "";

  @BeforeEach
  void writeTree() throws IOException {
    file = Files.writeString(folder.resolve("iomem.txt"), IOMEM).toString();
  }

  @Test
  void oneJsonObjectAnAddress() {
    CommandLineRun run =
        CommandLineRun.of(
            "walk",
            "--iomem",
            file,
            "--address",
            "0xfd000123",
            "--address",
            "0x200000",
            "--kernel",
            "6.1.0",
            "--format",
            "json");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    List<JsonNode> objects = run.json();
    assertThat(objects).hasSize(2);
    assertThat(objects.get(0).get("walks").asInt()).isEqualTo(1);
    assertThat(objects.get(0).get("visited").asInt()).isEqualTo(8);
    assertThat(objects.get(0).get("ram").asString()).isEqualTo("no");
    assertThat(objects.get(0).get("visited_nodes").toString()).isEqualTo("[0,1,2,3,4,5,6,7]");
    assertThat(objects.get(0).get("kernel").asString()).isEqualTo("6.1.0");
    assertThat(objects.get(0).get("iomem").asString()).isEqualTo(file);
    assertThat(objects.get(1).get("ram").asString()).isEqualTo("yes");
    assertThat(objects.get(1).get("visited_nodes").toString()).isEqualTo("[0,1,2]");
  }

  @ParameterizedTest
  @CsvSource({
    "0x1000-0x9000, 0, 0, no",
    "0x100000-0x200000, 1, 3, yes",
    "0xff000-0x101000, 1, 3, mixed",
    "0x80000000-0x90000000, 1, 6, no"
  })
  void ranges(String range, int walks, int visited, String ram) {
    CommandLineRun run =
        CommandLineRun.of("walk", "--iomem", file, "--range", range, "--format", "json");
    JsonNode object = run.json().getFirst();
    assertThat(object.get("range").asString()).isEqualTo(range);
    assertThat(object.get("walks").asInt()).isEqualTo(walks);
    assertThat(object.get("visited").asInt()).isEqualTo(visited);
    assertThat(object.get("ram").asString()).isEqualTo(ram);
  }

  @Test
  void addressesFromAFileAndFromStandardInput() throws IOException {
    Path list = Files.writeString(folder.resolve("list"), "# two\n0x200000\n\nfd000000\n");
    assertThat(
            CommandLineRun.of(
                    "walk", "--iomem", file, "--addresses", list.toString(), "--format", "json")
                .json())
        .hasSize(2);
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream("0x200000\n0xq\n".getBytes(StandardCharsets.UTF_8)));
      CommandLineRun run = CommandLineRun.of("walk", "--iomem", file, "--addresses", "-");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).startsWith("mapcost: standard input:2: '0xq' is no physical address");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aSetBehaviourIsNamedInTheOutput() {
    CommandLineRun run =
        CommandLineRun.of(
            "walk", "--iomem", file, "--address", "0xfd000000", "--set", "kernel.resource_walk=w0");
    assertThat(run.out()).contains("Kernel: 6.1 (resource_walk=w0), walk w0.");
  }

  @Test
  void explainGivesAReasonAtEachNode() {
    CommandLineRun run =
        CommandLineRun.of("walk", "--iomem", file, "--address", "0xfd000000", "--explain");
    assertThat(run.out())
        .contains(
            "00100000-7fffffff : System RAM   <- ends before the range: next sibling, children"
                + " skipped")
        .contains("  80000000-8fffffff : 0000:00:02.0   <- ends before the range: next in preorder")
        .contains("fec00000-fec003ff : IOAPIC 0   <- starts behind the range: stop, nothing found")
        .doesNotContain("Kernel code");
  }

  @Test
  void withoutAnAddressTellingPlacesAreShown() {
    CommandLineRun run = CommandLineRun.of("walk", "--iomem", file, "--format", "csv");
    assertThat(run.out().lines())
        .containsExactly(
            "address,what,walks,visited,nodes,ram",
            "0x100000,first RAM page above 1 MiB,1,3,8,yes",
            "0x7ffff000,last RAM page,1,3,8,yes",
            "0x80000000,largest PCI BAR: 0000:00:02.0,1,6,8,no",
            "0xfd000000,highest PCI BAR: 0000:00:03.0,1,7,8,no");
    assertThat(CommandLineRun.of("walk", "--iomem", file, "--format", "markdown").out())
        .startsWith(
            "| address | what | walks | visited | nodes | ram |\n"
                + "| --- | --- | --: | --: | --: | --- |\n");
  }

  @Test
  void warningsAreAtMostThreeLinesAndQuietHidesThem() throws IOException {
    StringBuilder odd = new StringBuilder("00000000-00000fff : System RAM\n");
    for (int i = 0; i < 9; i++) {
      odd.append("  00002000-00002fff : outside\n");
    }
    String oddFile = Files.writeString(folder.resolve("odd"), odd).toString();
    CommandLineRun run = CommandLineRun.of("walk", "--iomem", oddFile, "--address", "0x100000");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err().lines()).hasSize(3).last().asString().endsWith("7 more of this kind.");
    assertThat(
            CommandLineRun.of("walk", "--quiet", "--iomem", oddFile, "--address", "0x100000").err())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--address 0x1 --iomem /no/such/file|mapcost: /no/such/file: no such file.",
        "--address zz|mapcost: 'zz' is no physical address: write hexadecimal below 2^63, such as"
            + " 0xfd000000.",
        "--range 0x2000-0x1000|mapcost: the range '0x2000-0x1000' is empty: its END is exclusive.",
        "--range 0x2000|mapcost: '0x2000' is no range: write START-END, END exclusive, such as"
            + " 0x100000-0x200000.",
        "--kernel 6.2|mapcost: unknown kernel '6.2'; did you mean '6.1'? Known: 4.8, 4.19, 5.4,"
            + " 5.10, 5.11,",
        "--set kernel.resource_wlak=w2|mapcost: unknown kernel key 'resource_wlak'; did you mean"
            + " 'resource_walk'?",
        "--set machin.cpus=2|mapcost: unknown key 'machin.cpus'.",
        "--set kernel.resource_walk=|mapcost: kernel.resource_walk needs a value: --set KEY=VALUE.",
        "--iomem bundled:xeon|mapcost: unknown bundled tree 'xeon'; did you mean"
            + " 'xeon-wolfpass-2s'?",
        "--format yaml|mapcost: Invalid value for option '--format': expected one of [TABLE, JSON,"
            + " CSV, MARKDOWN]"
      })
  void wrongInputIsOneLineAndExitCode2(String args, String message) {
    CommandLineRun run = CommandLineRun.of(("walk " + args).split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith(message);
    assertThat(run.err().lines().filter(line -> !line.startsWith("Try: "))).hasSize(1);
  }

  @Test
  void aHostWithoutAddressesGetsARealMachinesTree() throws IOException {
    Path zeros = Files.writeString(folder.resolve("zeros"), "00000000-00000000 : System RAM\n");
    java.io.StringWriter warnings = new java.io.StringWriter();
    PlatformTree tree = PlatformTree.ofHost(zeros, new java.io.PrintWriter(warnings, true));
    assertThat(tree.ownHost()).isFalse();
    assertThat(tree.describe()).startsWith("bundled:laptop-cometlake-igpu");
    assertThat(warnings.toString())
        .contains("every address is zero")
        .contains("using the tree of a real machine instead: bundled:laptop-cometlake-igpu");
  }

  /// A virtual machine's own tree has no BAR to hold a buffer; only then, and only where nobody
  /// named a tree, another is taken.
  @Test
  void aHostWithoutALargeBarGetsARealMachinesTreeForVram() throws IOException {
    Path small =
        Files.writeString(
            folder.resolve("vm"),
            "00001000-7fffffff : System RAM\nc0000000-c007ffff : 0000:00:01.0\n");
    java.io.StringWriter warnings = new java.io.StringWriter();
    java.io.PrintWriter printer = new java.io.PrintWriter(warnings, true);
    PlatformTree own = PlatformTree.ofHost(small, printer);
    assertThat(own.holding(128, printer)).isSameAs(own);
    assertThat(warnings.toString()).isEmpty();
    assertThat(own.holding(129, printer).describe()).startsWith("bundled:laptop-cometlake-igpu");
    assertThat(warnings.toString())
        .contains("no PCI BAR of this host holds 516KiB of VRAM (the largest has 512KiB).")
        .contains("using the tree of a real machine instead");
    PlatformTree named = PlatformTree.of(java.util.Optional.of(small.toString()), printer);
    assertThat(named.holding(129, printer)).isSameAs(named);
  }
}
