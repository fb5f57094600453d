package org.mapcost.results.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.kernel.Operation;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.whatif.Key;
import org.mapcost.model.whatif.Range;
import org.mapcost.results.chart.Scale;

/// Guards that axes and rows of charts carry words and units, never the names that commands take.
class KeyAxisTest {
  @Test
  void everyKeyHasWordsThatFitAnAxis() {
    for (Key key : Key.keys()) {
      if (key.kind().numeric()) {
        assertThat(key.title()).hasSizeBetween(3, 55).doesNotContain("_", ";");
        assertThat(key.title()).isNotEqualTo(key.name()).doesNotStartWith("the same");
      }
    }
    assertThat(Key.keys().stream().filter(key -> key.kind().numeric()).map(Key::title))
        .doesNotHaveDuplicates();
  }

  @Test
  void everyUnknownHasWords() {
    for (Parameter parameter : Parameter.values()) {
      String name = parameter.section().key() + "." + parameter.key();
      assertThat(UnknownWords.of(name)).doesNotContain("_");
    }
    for (Operation operation : Operation.values()) {
      assertThat(UnknownWords.of("instructions." + operation.key()))
          .startsWith("instructions: ")
          .doesNotContain("_");
    }
    assertThat(UnknownWords.of("platform.nodes")).isEqualTo("nodes of the resource tree");
    assertThat(UnknownWords.of("which node's memory")).isEqualTo("which node's memory");
  }

  @ParameterizedTest
  @CsvSource({
    "buffer, 4KiB..64MiB:x2, BYTES",
    "machine.llc, 8MiB..64MiB:x2, BYTES",
    "machine.cpus, 1..256:x2, DOUBLINGS",
    "machine.cpus, 10..90:10, NUMBERS",
    "machine.invlpg, 10ns..90ns:10ns, TIME",
    "machine.clock, 1GHz..4GHz:1GHz, FREQUENCY",
    "machine.core_read_bandwidth, 1GB/s..4GB/s:1GB/s, BANDWIDTH"
  })
  void axesCountInTheUnitOfTheirKey(String key, String range, Scale scale) {
    KeyAxis axis = new KeyAxis(Range.parse(Key.named(key), range));
    assertThat(axis.scale()).isEqualTo(scale);
    assertThat(axis.titleAndKey()).endsWith("(" + key + ")");
    assertThat(axis.value(1)).isGreaterThan(axis.value(0));
    assertThat(List.of(axis.value(0))).allMatch(value -> value > 0);
  }
}
