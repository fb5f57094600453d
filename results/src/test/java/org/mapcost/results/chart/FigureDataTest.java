package org.mapcost.results.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Guards that the numbers beside a chart are whole and are CSV.
class FigureDataTest {
  @Test
  void csvHasTheNamesAndEveryRow() {
    FigureData data =
        new FigureData(
            List.of("name", "#ns"), List.of(List.of("a, \"b\"", "1.5"), List.of("", "2")));
    assertThat(data.csv()).isEqualTo("name,ns\n\"a, \"\"b\"\"\",1.5\n,2\n");
    assertThat(data.numeric(0)).isFalse();
    assertThat(data.numeric(1)).isTrue();
  }

  @Test
  void numbersOfTheFileHaveNoCommasAndWordsKeepTheirs() {
    FigureData data =
        new FigureData(
            List.of("name", "#ns"),
            List.of(List.of("1,234", "1,234,567.5"), List.of("", "[1,000 2,000 3,000]")));
    assertThat(data.csv()).isEqualTo("name,ns\n\"1,234\",1234567.5\n,\"[1,000 2,000 3,000]\"\n");
  }

  @Test
  void aRowOfAnotherWidthIsRefused() {
    assertThatThrownBy(() -> new FigureData(List.of("a", "b"), List.of(List.of("1"))))
        .hasMessage("a row of 1 cells under 2 columns: [1]");
  }
}
