package org.mapcost.model.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.InputException;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machines;

/// Guards how ranges are read: what they go through, and what is said of those that make no sense.
class RangeTest {
  private static final Setup SETUP =
      Setup.of(
          Machines.named("epyc-milan"),
          Kernels.named("6.1"),
          BundledTree.EPYC_7351P_4DIES.tree(),
          64);

  private static List<String> texts(String key, String range) {
    Range read = Range.parse(Key.named(key), range);
    return LongStream.range(0, read.size()).mapToObj(read::text).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "machine.cpus|8..256:x2|8 16 32 64 128 256",
        "machine.cpus|8..200:x4|8 32 128 200",
        "buffer|4KiB..32KiB:x2|1pages 2pages 4pages 8pages",
        "buffer|1pages..9pages:4pages|1pages 5pages 9pages",
        "platform.reserved|0..5|0 1 2 3 4 5",
        "machine.clock|1GHz..2GHz:0.5GHz|1000000000Hz 1500000000Hz 2000000000Hz",
        "machine.invlpg|100cycles..300cycles:100cycles|100cycles 200cycles 300cycles",
        "machine.llc|1MiB,2MiB,8MiB|1048576B 2097152B 8388608B",
        "kernel|5.11,6.1.0,6.1|5.11 6.1.0 6.1",
        "machine.cycles_per_instruction|0.5..1:0.25|0.5 0.75 1"
      })
  void goesThroughItsValues(String key, String range, String values) {
    assertThat(texts(key, range)).containsExactly(values.split(" ", -1));
  }

  @Test
  void withoutAStepItHasUpToFiftyOneValues() {
    assertThat(texts("platform.reserved", "0..5000")).hasSize(51).contains("0", "100", "5000");
    assertThat(Range.parse(Key.named("machine.clock"), "1GHz..4GHz").size()).isEqualTo(51);
    assertThat(Range.parse(Key.named("buffer"), "4KiB..1TiB:4KiB").size()).isEqualTo(1L << 28);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "buffer|64MiB..4KiB|buffer: '64MiB..4KiB' ends before it begins; write the smaller end"
            + " first.",
        "machine.cpus|8..64:0|machine.cpus: a step of 0 leads nowhere in '8..64:0'.",
        "machine.cpus|8..64:x1|machine.cpus: '8..64:x1' gets nowhere; a range of factors starts"
            + " above zero and grows by more than 1.",
        "platform.reserved|0..64:x2|platform.reserved: '0..64:x2' gets nowhere; a range of factors"
            + " starts above zero and grows by more than 1.",
        "kernel|5.11..6.1|kernel has no range '5.11..6.1': its values are words; list them, such as"
            + " kernel=a,b,c.",
        "machine.cpus|8|machine.cpus: a range has at least two values, or nothing varies.",
        "machine.cpus|8,4|machine.cpus: list its values from small to large, not '8,4'.",
        "kernel|6.1,6.1|kernel: '6.1,6.1' names a value twice.",
        "machine.invlpg|100cycles..300ns|machine.invlpg: '300ns' is not in cycles; write all values"
            + " in one unit of a kind.",
        "machine.cpus|1.5..4|machine.cpus has whole numbers, not 1.5.",
        "machine.cpus|many..4|'many' is no value of machine.cpus (logical CPUs; all hardware"
            + " threads if not given)."
      })
  void saysWhatMakesNoSense(String key, String range, String message) {
    assertThatThrownBy(() -> Range.parse(Key.named(key), range))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }

  @Test
  void keysThatAreMistypedHaveANeighbour() {
    assertThatThrownBy(() -> Key.named("platform.reserve"))
        .hasMessageStartingWith(
            "unknown key 'platform.reserve'; did you mean 'platform.reserved'?");
    assertThat(Key.named("machine.prices.invlpg")).isEqualTo(Key.named("machine.invlpg"));
  }

  static List<Key> keys() {
    return Key.keys();
  }

  /// Whatever a key says it is today, it takes.
  @ParameterizedTest
  @MethodSource("keys")
  void takesItsOwnValueOfToday(Key key) {
    String today = key.today().apply(SETUP).replace(" ", "");
    Setup same = key.in(SETUP, today);
    assertThat(key.today().apply(same).replace(" ", "")).isEqualTo(today);
  }
}
