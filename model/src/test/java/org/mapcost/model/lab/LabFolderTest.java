package org.mapcost.model.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapcost.model.InputException;
import org.mapcost.model.lab.LabFolder.NotCompared;

/// Guards that a folder of recordings is read whole or refused with the reason, and that what is
/// left out is named.
class LabFolderTest {
  @TempDir Path folder;

  @Test
  void aMissingFolder() {
    Path missing = folder.resolve("none");
    assertThatThrownBy(() -> LabFolder.read(missing))
        .isInstanceOf(InputException.class)
        .hasMessage(missing + ": no such folder. Give one with recordings of schema lab/1.");
  }

  @Test
  void noRecordingAtAll() throws IOException {
    write("README.md", "text");
    write("other.json", "{\"schema\":\"jmh/1\"}");
    assertThatThrownBy(() -> LabFolder.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessage(folder + ": holds no recording of schema lab/1.");
  }

  @Test
  void aDamagedFileIsNamedWithItsLine() throws IOException {
    write("C-cpa-smp2-6.1.json", "{\"schema\":\"lab/1\",\n\"scenario\":");
    assertThatThrownBy(() -> LabFolder.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.resolve("C-cpa-smp2-6.1.json") + ":2: damaged JSON: ")
        .hasMessageEndingWith("Copy the file again, or take it out of the folder.");
  }

  @Test
  void anArrayIsNoRecording() throws IOException {
    write("a.json", "[1]");
    assertThatThrownBy(() -> LabFolder.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessage(
            folder.resolve("a.json") + ": no JSON object; take the file out of the folder.");
  }

  @Test
  void whatIsLeftOutIsNamedWithItsReason() throws IOException {
    write("README.md", "text");
    write("jmh.json", "{\"schema\":\"jmh/1\"}");
    write("B-resource-walk-9.9.json", recording("B-resource-walk", "9.9", "{\"configs\":{}}"));
    write("G-icount-6.1.json", recording("G-icount", "6.1", "{}"));
    write("H-new-6.1.json", recording("H-new", "6.1", "{}"));
    write("C-cpa-smp2-6.1.json", recording("C-cpa-smp2", "6.1", "{}"));
    Validation validation =
        Validation.of(
            LabFolder.read(folder), Coverage.published(), new KnownDifferences(List.of()));
    assertThat(validation.agreements()).isEmpty();
    assertThat(validation.notCompared())
        .contains(
            new NotCompared("README.md", "no JSON file"),
            new NotCompared("jmh.json", "schema is jmh/1, not lab/1"),
            new NotCompared("G-icount-6.1.json", "holds instruction counts, not operations"))
        .anyMatch(each ->
            each.file().equals("B-resource-walk-9.9.json")
                && each.reason().startsWith("unknown kernel '9.9'"))
        .anyMatch(each ->
            each.file().equals("H-new-6.1.json")
                && each.reason().startsWith("unknown scenario 'H-new'"))
        .anyMatch(each ->
            each.file().equals("C-cpa-smp2-6.1.json")
                && each.reason().contains("where schema lab/1 has one"));
  }

  private static String recording(String scenario, String kernel, String data) {
    return """
    {"schema":"lab/1","scenario":"%s","kernel":"%s","smp":2,"data":%s}\
    """
        .formatted(scenario, kernel, data);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
