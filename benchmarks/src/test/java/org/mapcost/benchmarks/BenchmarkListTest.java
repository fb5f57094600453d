package org.mapcost.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Guards what holds for every benchmark of the suite: the flags of its forks, and parameter values
/// that other tools can read.
class BenchmarkListTest {
  static Set<BenchmarkListEntry> benchmarks() {
    Set<BenchmarkListEntry> all =
        BenchmarkList.defaultList()
            .getAll(
                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
                List.of());
    assertThat(all).isNotEmpty();
    return all;
  }

  @ParameterizedTest
  @MethodSource("benchmarks")
  void runsInForksWithTheFlagsOfTheSuite(BenchmarkListEntry benchmark) {
    assertThat(benchmark.getJvmArgsPrepend().get()).containsExactlyElementsOf(ForkFlags.SILENT);
    assertThat(benchmark.getJvmArgs().get()).containsExactlyElementsOf(ForkFlags.MEMORY);
    assertThat(benchmark.getForks().get()).isGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("benchmarks")
  void noParameterValueHasABlankOrAnEqualsSign(BenchmarkListEntry benchmark) {
    benchmark
        .getParams()
        .get()
        .forEach((name, values) ->
            assertThat(values).as(name).isNotEmpty().allMatch(value -> value.matches("[^\\s=]+")));
  }
}
