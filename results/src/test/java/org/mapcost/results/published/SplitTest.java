package org.mapcost.results.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.Parameter;
import org.mapcost.results.published.PublishedSource.Side;

/// Guards the line between measurements that give prices and measurements that test them.
class SplitTest {
  private static final int ROWS_OF_THE_SURVEY = 400;

  @Test
  void everyRowIsOnOneSide() {
    List<PublishedSource> sources = Split.bundled().sources();
    long rows = sources.stream().mapToLong(source -> source.rows().size()).sum();
    Set<String> distinct = new HashSet<>();
    sources.forEach(source -> distinct.addAll(source.rows()));
    assertThat(rows).isEqualTo(ROWS_OF_THE_SURVEY);
    assertThat(distinct).hasSize(ROWS_OF_THE_SURVEY);
    assertThat(sources).extracting(PublishedSource::source).doesNotHaveDuplicates();
  }

  /// A row that was never read is nobody's ground truth.
  @Test
  void rowsFromMemoryAreOnNoSide() {
    assertThat(Split.bundled().ofRow("S095")).isEmpty();
    assertThat(Split.bundled().ofRow("R042")).isEmpty();
  }

  /// Before and after, with and without: one source, hence one side.
  @ParameterizedTest
  @CsvSource({
    "W001, W002", "C001, C002", "C011, C012", "T001, T002", "T010, T011", "T025, T044",
    "T056, T059", "S001, S002", "S008, S009", "S022, S023", "S036, S051", "S068, S070",
    "S087, S093", "R001, R002", "R004, R005", "R007, R008", "R018, R019", "R020, R040",
    "F015, F018", "F035, F045", "F046, F050", "G004, G007", "B001, B003", "M001, M011"
  })
  void pairsStayTogether(String before, String after) {
    assertThat(Split.bundled().ofRow(before)).isPresent().isEqualTo(Split.bundled().ofRow(after));
  }

  @Test
  void aTestSourceCanBeRecognised() {
    for (PublishedSource source : Split.bundled().sources()) {
      for (String mark : source.marks()) {
        assertThat(Split.bundled().testSourceIn("x " + mark + " y")).as(mark).contains(source);
      }
    }
    assertThat(Split.bundled().testSourceIn("T044: x86/mm (D. Hansen)")).isPresent();
    assertThat(Split.bundled().testSourceIn("T019-T020, T023: D. Hansen")).isEmpty();
    assertThat(Split.bundled().testSourceIn("R001-3 x")).isPresent();
  }

  static Stream<String> machineFiles() {
    return Stream.concat(Machines.names().stream(), Stream.of("x86", "intel", "amd"));
  }

  /// No value of a machine file comes from a source that tests.
  @ParameterizedTest
  @MethodSource("machineFiles")
  void noMachineFileCitesATestSource(String name) throws IOException {
    try (InputStream in = Machines.class.getResourceAsStream(name + ".yaml")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .forEach(line ->
              assertThat(Split.bundled().testSourceIn(line))
                  .as("%s.yaml: %s", name, line)
                  .isEmpty());
    }
  }

  /// An id behind a value is that of a row there is, and of a source of prices.
  @ParameterizedTest
  @MethodSource("org.mapcost.model.machine.Machines#all")
  void everyIdBehindAValueIsAPrice(Machine machine) {
    for (Parameter parameter : Parameter.values()) {
      for (String id : PublishedSource.ids(machine.quantity(parameter).source())) {
        assertThat(Split.bundled().ofRow(id))
            .as("%s of %s: %s", parameter.path(), machine.name(), id)
            .hasValueSatisfying(source -> assertThat(source.side()).isEqualTo(Side.PRICE));
      }
    }
  }

  @Test
  void aRowOfTwoSourcesIsRefused() {
    PublishedSource one = source("one", Side.PRICE, List.of());
    assertThatThrownBy(() -> new Split(List.of(one, source("two", Side.TEST, List.of("two")))))
        .hasMessage("T001 is on the list of two sources: one and two");
    assertThatThrownBy(() -> source("one", Side.PRICE, List.of("mark")))
        .hasMessage("only a test source is recognised by marks: one");
  }

  private static PublishedSource source(String title, Side side, List<String> marks) {
    return new PublishedSource(title, "", List.of("T001"), side, "why", marks);
  }
}
