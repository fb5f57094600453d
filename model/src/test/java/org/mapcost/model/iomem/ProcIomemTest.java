package org.mapcost.model.iomem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.InputException;

/// Guards what is read as the kernel's tree, what is tolerated in pasted copies, and what is
/// refused with which words.
class ProcIomemTest {
  private static final String PLAIN =
      """
      00000000-00000fff : Reserved
      00001000-0009ffff : System RAM
      000a0000-000fffff : Reserved
        000a0000-000bffff : PCI Bus 0000:00
        000f0000-000fffff : System ROM
      00100000-7fffffff : System RAM
        01000000-01ffffff : Kernel code
      80000000-febfffff : PCI Bus 0000:00
        80000000-8fffffff : PCI Bus 0000:01
          80000000-8fffffff : 0000:01:00.0
      """;

  @Test
  void indentationIsTheTree() {
    ProcIomem.Reading reading = ProcIomem.parse("plain", PLAIN);
    assertThat(reading.warnings()).isEmpty();
    assertThat(depths(reading)).containsExactly(0, 0, 0, 1, 1, 0, 1, 0, 1, 2);
    assertThat(reading.tree().topLevelNodes()).isEqualTo(5);
    assertThat(reading.tree().node(9).name()).isEqualTo("0000:01:00.0");
    assertThat(reading.tree().nodes().stream().filter(Resource::isSystemRam)).hasSize(2);
  }

  @Test
  void onlyNamesThatBeginWithSystemRamAreRam() {
    ResourceTree tree =
        ProcIomem.parse(
                "names",
                """
                00000000-00000fff : System RAM (kexec)
                00001000-00001fff : RAM buffer
                00002000-00002fff : Persistent Memory
                00003000-00003fff : system ram
                """)
            .tree();
    assertThat(tree.nodes().stream().map(Resource::isSystemRam))
        .containsExactly(true, false, false, false);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 8})
  void otherWidths(int width) {
    StringBuilder text = new StringBuilder();
    for (String line : PLAIN.split("\n")) {
      int depth = (line.length() - line.stripLeading().length()) / 2;
      text.append(" ".repeat(depth * width)).append(line.stripLeading()).append('\n');
    }
    assertSameAsPlain(text.toString());
  }

  @Test
  void flowedMailHasOneColumnMoreOnIndentedLines() {
    assertSameAsPlain(PLAIN.replaceAll("(?m)^ ", "  "));
  }

  @Test
  void tabs() {
    assertSameAsPlain(PLAIN.replace("  ", "\t"));
  }

  @Test
  void prefixesOnEveryLine() {
    for (String prefix :
        List.of(
            "> ", "> > ", "/proc/iomem: ", "[    1.234567] ", "Nov 23 10:00:00 host kernel: ")) {
      assertSameAsPlain(PLAIN.replaceAll("(?m)^(?=.)", prefix));
    }
  }

  @Test
  void lineEndsMarksBlanksAndComments() {
    assertSameAsPlain(PLAIN.replace("\n", "\r\n"));
    assertSameAsPlain("\uFEFF" + PLAIN);
    assertSameAsPlain("# a comment\n\n" + PLAIN.replace("00100000", "\n  # more\n00100000"));
    assertSameAsPlain(PLAIN.replace(' ', '\u00a0'));
    assertSameAsPlain(PLAIN.replaceAll("(?m)^(?=.)", "    "));
  }

  @Test
  void belowTheDeepestIndentationContainmentIsTheTree() {
    ResourceTree tree =
        ProcIomem.parse(
                "deep",
                """
                f0000000-ffffffff : zero
                  f0000000-fffffffe : one
                    f0000000-fffffffd : two
                      f0000000-fffffffc : three
                        f0000000-fffffffb : four
                          f0000000-f00fffff : five
                          f0000000-f00effff : six
                          f00f0000-f00fffff : six again
                          f0100000-f01fffff : five again
                100000000-1ffffffff : System RAM
                """)
            .tree();
    assertThat(tree.nodes().stream().map(Resource::depth))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 6, 5, 0);
  }

  @Test
  void oddCopiesAreWarnedOf() {
    assertThat(
            ProcIomem.parse(
                    "odd",
                    """
                    00000000-00000fff : Reserved
                      00002000-00002fff : outside
                    00001000-00001fff : System RAM
                    00001800-00002fff : overlapping
                    """)
                .warnings())
        .containsExactly(
            "odd:2: 00002000-00002fff lies outside its parent 00000000-00000fff",
            "odd:4: 00001800-00002fff overlaps or precedes its sibling 00001000-00001fff");
    assertThat(ProcIomem.parse("cut", PLAIN.stripTrailing()).warnings())
        .containsExactly("cut: the last line has no line end; the file may have been cut off.");
    assertThat(ProcIomem.parse("part", "000a0000-000bffff : PCI Bus 0000:00\n").warnings())
        .containsExactly(
            "part: no 'System RAM' in it; this is a part of an iomem tree, or something else.");
  }

  @Test
  void refusals() {
    refused("", "f: empty. Give the text of /proc/iomem, read as root.");
    refused("\n# only a comment\n", "f: empty. Give the text of /proc/iomem, read as root.");
    refused(
        "00000000-00000fff : Reserved\n...\n",
        "f:2: no line of /proc/iomem (START-END : NAME): '...'. If a line was wrapped or cut,"
            + " restore it.");
    refused(
        "00000000-00000fff : Reserved\n00001000-0009",
        "f:2: no line of /proc/iomem (START-END : NAME): '00001000-0009'. If a line was wrapped or"
            + " cut, restore it.");
    refused(
        "00000000-00000fff : Reserved\n00001000-0009ffff :\n",
        "f:2: the range has no name; the line may have been cut.");
    refused("00001000-00000fff : x\n", "f:1: the range ends before it starts: 1000-fff.");
    refused(
        "ffffffff00000000-ffffffffffffffff : x\n",
        "f:1: address ffffffff00000000 is beyond what an x86-64 processor can address.");
    refused(
        "  00000000-00000fff : x\n00001000-00001fff : y\n",
        "f:1: the first line is indented, so its parents are missing; give the whole file.");
    refused(
        "00000000-00000fff : x\n    00000000-00000fff : y\n",
        "f:2: indented by 2 levels more than the line before; a level is missing here.");
    refused(
        "00000000-0fffffff : x\n  00000000-00000fff : y\n      00000000-00000fff : z\n",
        "f:3: indented by 2 levels more than the line before; a level is missing here.");
    refused(
        "00000000-0fffffff : x\n"
            + "  00000000-00000fff : y\n"
            + "   00000000-00000fff : z\n"
            + "00000000-00000fff : z\n",
        "f:3: indented by 3 columns, which is no level: the file is indented by 2.");
    refused(
        "> 00000000-00000fff : x\n00001000-00001fff : y\n",
        "f:2: lacks the prefix '>' of the first line.");
    refused(
        "00000000-00000000 : a\n  00000000-00000000 : b\n",
        "f: every address is zero, so it was read without privilege. Read /proc/iomem as root:"
            + " sudo cat /proc/iomem > FILE.");
  }

  @Test
  void aFileCutInANameIsRefused() {
    refused(
        "00000000-00000fff : Reserved\n00001000-0009ffff : System R",
        "f:2: the file ends in the middle of a line: 'System R' is the beginning of 'System RAM'."
            + " Give the whole file.");
    refused(
        "00000000-00000fff : System RAM\n00001000-00001fff : lpss_dev\n00002000-00002fff : lpss_",
        "f:3: the file ends in the middle of a line: 'lpss_' is the beginning of 'lpss_dev'."
            + " Give the whole file.");
  }

  @Test
  void files(@TempDir Path folder) throws IOException {
    refused(folder.resolve("none"), ": no such file.");
    refused(folder, ": is a directory; name a file with the text of /proc/iomem.");
    refused(
        Files.write(folder.resolve("binary"), new byte[] {'a', 0, 'b'}),
        ": no text: byte 1 is 0x00. Give the text of /proc/iomem.");
    refused(
        Files.write(folder.resolve("latin1"), new byte[] {(byte) 0xff, (byte) 0xfe, 'b'}),
        ": no text: it is not UTF-8. Give the text of /proc/iomem.");
    byte[] large = new byte[ProcIomem.MAX_BYTES + 1];
    java.util.Arrays.fill(large, (byte) '0');
    refused(
        Files.write(folder.resolve("large"), large),
        ": larger than 32 MiB, which no /proc/iomem is.");
    Path good = Files.write(folder.resolve("good"), PLAIN.getBytes(StandardCharsets.UTF_8));
    assertThat(ProcIomem.read(good).tree().size()).isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource
  void bundledTreesHaveRamAndBars(BundledTree bundled) {
    ResourceTree tree = bundled.tree();
    assertThat(tree.name()).isEqualTo(bundled.key());
    assertThat(BundledTree.ofKey(bundled.key())).isEqualTo(bundled);
    assertThat(tree.nodes().stream().filter(Resource::isSystemRam)).isNotEmpty();
    assertThat(Landmark.largestBar(tree)).isPresent();
  }

  private static void assertSameAsPlain(String text) {
    ResourceTree expected = ProcIomem.parse("plain", PLAIN).tree();
    ProcIomem.Reading reading = ProcIomem.parse("copy", text);
    assertThat(reading.warnings()).isEmpty();
    assertThat(reading.tree().nodes().stream().map(Resource::toString))
        .containsExactlyElementsOf(expected.nodes().stream().map(Resource::toString).toList());
    assertThat(depths(reading)).containsExactly(0, 0, 0, 1, 1, 0, 1, 0, 1, 2);
  }

  private static List<Integer> depths(ProcIomem.Reading reading) {
    return reading.tree().nodes().stream().map(Resource::depth).toList();
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> ProcIomem.parse("f", text))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }

  private static void refused(Path file, String messageBehindTheName) {
    assertThatThrownBy(() -> ProcIomem.read(file))
        .isInstanceOf(InputException.class)
        .hasMessage(file + messageBehindTheName);
  }
}
