package org.mapcost.model.pat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.InputException;
import org.mapcost.model.TestResources;

/// Guards that real lists of both formats are read entry by entry, that copies with harmless marks
/// read alike, and that damage is refused with its place.
class MemtypeListTest {
  private static final String NEW =
      """
      PAT memtype list:
      PAT: [mem 0x00000000c0000000-0x00000000c0001000] uncached-minus
      PAT: [mem 0x0000004000000000-0x0000004010000000] write-combining
      """;
  private static final String OLD =
      """
      PAT memtype list:
      uncached-minus @ 0xc0000000-0xc0001000
      write-combining @ 0x4000000000-0x4010000000
      """;
  private static final List<Memtype> ENTRIES =
      List.of(
          new Memtype(0xc0000000L, 0xc0001000L, CacheMode.UC_MINUS),
          new Memtype(0x4000000000L, 0x4010000000L, CacheMode.WC));

  @TempDir private Path folder;

  @Test
  void bothFormatsSayTheSame() {
    assertThat(MemtypeList.parse("new", NEW))
        .isEqualTo(new MemtypeList.Reading(ENTRIES, List.of()));
    assertThat(MemtypeList.parse("old", OLD))
        .isEqualTo(new MemtypeList.Reading(ENTRIES, List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "amdgpu-furyx-v5.5-fixed, 35, 2000000000, write-combining",
    "firecracker-vm-6.18, 27, eec00000, uncached-minus",
    "laptop-icelake-hp, 58, 400fff0000, write-combining",
    "maintainer-box-newformat-partial, 15, bdf8e000, write-back",
    "maintainer-box-oldformat-partial, 19, fed40000, uncached-minus",
    "pentium-m-i686-v3.3, 15, cdc04000, uncached-minus",
    "server-matrox-g200e-partial, 21, d0f00000, write-combining",
  })
  void realLists(String name, int entries, String address, String type) {
    MemtypeList.Reading reading = real(name);
    assertThat(reading.entries()).hasSize(entries);
    MemtypeTree tree = reading.tree();
    assertThat(tree.lookup(Long.parseLong(address, 16))).isEqualTo(CacheMode.parse(type));
    assertThat(tree.entries())
        .as("a list is in the order of the tree")
        .isEqualTo(reading.entries());
  }

  @Test
  void theOlderTreeListedEqualStartsInAnotherOrder() {
    List<Memtype> older = real("amdgpu-furyx-v5.5-reverted-rbtree").entries();
    List<Memtype> newer = real("amdgpu-furyx-v5.5-fixed").entries();
    assertThat(older).isNotEqualTo(newer).containsExactlyInAnyOrderElementsOf(newer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"maintainer-box-newformat-partial", "server-matrox-g200e-partial"})
  void anExcerptIsReadWithAWarning(String name) {
    assertThat(real(name).warnings())
        .containsExactly(
            name + ": lacks the first line 'PAT memtype list:'; it may be a part of a list.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "notes-intel-13gen-truncated | notes-intel-13gen-truncated:4: entries are left out here"
            + " ('... ...'); give the whole list.",
        "notes-v4.9-truncated | notes-v4.9-truncated:5: entries are left out here ('...'); give the"
            + " whole list.",
        "mtrr-13900k | mtrr-13900k:1: no line of pat_memtype_list (PAT: [mem START-END] TYPE):"
            + " 'reg00: base=0x000000000 (    0MB), size=131072MB, count=1...'. If a line was"
            + " wrapped or cut, restore it.",
      })
  void aDamagedListIsRefusedWithItsPlace(String name, String message) {
    assertThatThrownBy(() -> real(name)).isInstanceOf(InputException.class).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"> ", "[   12.345678] ", "\t", "host kernel: ", "\u00a0\u00a0"})
  void aPrefixOnEveryLineIsTolerated(String prefix) {
    assertThat(MemtypeList.parse("f", prefixed(NEW, prefix)).entries()).isEqualTo(ENTRIES);
    assertThat(MemtypeList.parse("f", prefixed(OLD, prefix)).entries()).isEqualTo(ENTRIES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\r", "\n\n", " \n", "\n# a comment\n"})
  void lineEndsBlankLinesAndCommentsAreTolerated(String end) {
    assertThat(MemtypeList.parse("f", "\uFEFF" + NEW.replace("\n", end)).entries())
        .isEqualTo(ENTRIES);
  }

  @Test
  void theHeaderAloneIsAListWithoutEntries() {
    MemtypeList.Reading reading = MemtypeList.parse("f", "PAT memtype list:\n");
    assertThat(reading.entries()).isEmpty();
    assertThat(reading.warnings()).isEmpty();
    assertThat(reading.tree().size()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | f: empty. Give the text of /sys/kernel/debug/x86/pat_memtype_list, read as root.",
        "PAT: [mem 0x2000-0x1000] write-back | f:1: the range is empty: 2000-1000 (the second"
            + " address is the first behind the range).",
        "PAT: [mem 0x2000-0x2000] write-back | f:1: the range is empty: 2000-2000 (the second"
            + " address is the first behind the range).",
        "PAT: [mem 0x2000-0x3000] write-bak | f:1: unknown memory type 'write-bak'; did you mean"
            + " 'write-back'? Known: write-back, write-combining, uncached-minus, uncached,"
            + " write-through, write-protected.",
        "uncached @ 0xf000000000000000-0xf000000000001000 | f:1: address f000000000000000 is beyond"
            + " what an x86-64 processor can address.",
        "PAT: [mem 0x2000-0x3000] | f:1: no line of pat_memtype_list (PAT: [mem START-END] TYPE):"
            + " 'PAT: [mem 0x2000-0x3000]'. If a line was wrapped or cut, restore it.",
      })
  void everyOtherDamageIsNamed(String text, String message) {
    assertThatThrownBy(() -> MemtypeList.parse("f", text))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }

  @Test
  void whatNoKernelPrintsIsReadAndNamed() {
    String text =
        """
        PAT memtype list:
        PAT: [mem 0x3000-0x5000] write-back
        PAT: [mem 0x1000-0x4000] write-combining\
        """;
    assertThat(MemtypeList.parse("f", text).warnings())
        .containsExactly(
            "f:3: starts before the line before; the kernel prints in ascending order",
            "f:3: overlaps an entry of another type, which no kernel allows",
            "f: the last line has no line end; the file may have been cut off.");
  }

  @Test
  void aFileIsRead() throws Exception {
    Path file = Files.writeString(folder.resolve("list"), NEW);
    assertThat(MemtypeList.read(file).entries()).isEqualTo(ENTRIES);
    assertThatThrownBy(() -> MemtypeList.read(folder.resolve("none")))
        .hasMessage(folder.resolve("none") + ": no such file.");
    assertThatThrownBy(() -> MemtypeList.read(folder))
        .hasMessage(
            folder
                + ": is a directory; name a file with the text of"
                + " /sys/kernel/debug/x86/pat_memtype_list.");
  }

  private static String prefixed(String text, String prefix) {
    StringBuilder prefixed = new StringBuilder();
    text.lines().forEach(line -> prefixed.append(prefix).append(line).append('\n'));
    return prefixed.toString();
  }

  private static MemtypeList.Reading real(String name) {
    return MemtypeList.parse(
        name, TestResources.text(MemtypeListTest.class, "memtype-lists/" + name + ".txt"));
  }
}
