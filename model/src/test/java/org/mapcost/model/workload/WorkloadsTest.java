package org.mapcost.model.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.InputException;

/// Guards that the bundled workloads read, that the reference explains every key, and that bad
/// input is answered with its file, line, key and what to try.
class WorkloadsTest {
  private static final String HEAD = "workload: w\nclients:\n  c:\n";
  private static final String GOOD = "    arrival: {closed: {think: 1ms}}\n    size: 64KiB\n";

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("org.mapcost.model.workload.Workloads#names")
  void bundledOnesRead(String name) {
    Workload workload = Workloads.named(name);
    assertThat(workload.name()).isEqualTo(name);
    assertThat(workload.about()).isNotBlank();
    assertThat(workload.clients()).isNotEmpty();
  }

  @Test
  void theReferenceExplainsEveryKey() {
    String text = Workloads.text("reference");
    assertThat(WorkloadReader.KEYS).allSatisfy(key -> assertThat(text).contains(key + ":"));
    assertThat(WorkloadReader.CLIENT_KEYS)
        .filteredOn(key -> !key.equals("sleep"))
        .allSatisfy(key -> assertThat(text).contains("    " + key + ":"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "arrival: {poisson: {rate: -5/s}}|4: rate: '-5/s' is no rate: it must be above zero, such"
            + " as 100/s.",
        "arrival: {poisson: {rate: 5}}|4: rate: '5' is no rate: write, for example, 100/s.",
        "arrival: {poisson: {rat: 5/s}}|4: unknown key of clients 'c', arrival, poisson 'rat'; did"
            + " you mean 'rate'? Known: rate.",
        "lifetime: 0ms|4: lifetime: a lifetime is above zero; leave it out where a buffer is given"
            + " back at once.",
        "size: {pareto: {min: 4KiB, shape: 0.9}}|4: size: a shape of 1 or below has an infinite"
            + " mean: add a max, or give a shape above 1.",
        "size: 0KiB|4: size: a buffer has at least one page; give a larger size.",
        "size: {lognormal: {median: 4MiB, sigma: 9}}|4: size: a sigma is between 0 and 5.",
        "count: -1|4: count: '-1' is no whole number from 1 to 100000.",
        "memory: vran|4: memory: unknown memory 'vran'; did you mean 'vram'? Known: vram, ram.",
        "touched: 120%|4: touched: '120%' is no share: write 1% to 100%.",
        "cout: 3|4: unknown key of clients 'c' 'cout'; did you mean 'count'? Known: count, cpus,"
            + " arrival, size, memory, mode, lifetime, reuse, touch, touched, compute, sleep."
      })
  void badValuesNameFileLineKeyAndRemedy(String line, String message) {
    String rest = GOOD;
    for (String key : new String[] {"arrival", "size"}) {
      if (line.startsWith(key)) {
        rest = rest.replaceAll("(?m)^    " + key + ".*\n", "");
      }
    }
    String yaml = HEAD + "    " + line + "\n" + rest;
    assertThatThrownBy(() -> Workloads.parse("w.yaml", yaml))
        .isInstanceOf(InputException.class)
        .hasMessage("w.yaml:" + message);
  }

  @Test
  void anIncludeIsReplacedKeyByKeyAndClientByClient() throws Exception {
    Files.writeString(
        folder.resolve("base.yaml"), HEAD.replace(" w", " base") + GOOD + "seed: 9\n");
    Path file = folder.resolve("top.yaml");
    Files.writeString(
        file,
        "workload: top\ninclude: base.yaml\nclients:\n  d:\n" + GOOD.replace("64KiB", "1MiB"));
    Workload workload = Workloads.named(file.toString());
    assertThat(workload.name()).isEqualTo("top");
    assertThat(workload.seed()).isEqualTo(9);
    assertThat(workload.clients()).extracting(Clients::name).containsExactly("c", "d");
  }

  @Test
  void aCycleOfIncludesIsNamedWithItsFiles() throws Exception {
    Path first = folder.resolve("a.yaml");
    Path second = folder.resolve("b.yaml");
    Files.writeString(first, "workload: a\ninclude: b.yaml\n");
    Files.writeString(second, "workload: b\ninclude: a.yaml\n");
    assertThatThrownBy(() -> Workloads.named(first.toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the file includes itself: " + first + " includes " + second)
        .hasMessageContaining("leave one of them out.");
  }

  @Test
  void aMissingIncludeNamesTheLineThatWantsIt() throws Exception {
    Path file = folder.resolve("a.yaml");
    Files.writeString(file, "workload: a\ninclude: none.yaml\n");
    assertThatThrownBy(() -> Workloads.named(file.toString()))
        .hasMessage(file + ":2: include: " + folder.resolve("none.yaml") + ": no such file.");
  }

  @Test
  void noClientsIsAnError() {
    assertThatThrownBy(() -> Workloads.parse("w.yaml", "workload: w\n"))
        .hasMessage("w.yaml:1: no clients: add a kind of them under 'clients'.");
  }

  @Test
  void unknownNamesGetTheNearest() {
    assertThatThrownBy(() -> Workloads.named("desktop-compositr"))
        .hasMessageContaining("did you mean 'desktop-compositor'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"2-1|2-1", "0-8|0-8", "x|is no list", "0,,1|is no list"})
  void badCpuLists(String list, String about) {
    assertThatThrownBy(() -> Clients.cpus(list, 8)).hasMessageContaining(about);
  }

  @Test
  void cpuLists() {
    assertThat(Clients.cpus("0,2,4-6", 8).stream()).containsExactly(0, 2, 4, 5, 6);
    assertThat(Clients.cpus("all", 3).stream()).containsExactly(0, 1, 2);
  }

  /// Each distribution's mean is the one it states, and values beyond its most never come.
  @Test
  void distributionsHaveTheMeanTheyState() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(4);
    for (Distribution each :
        new Distribution[] {
          new Distribution.Fixed(7),
          new Distribution.Uniform(2, 6),
          new Distribution.Exponential(5),
          new Distribution.Lognormal(4, 0.5, Double.POSITIVE_INFINITY),
          new Distribution.Pareto(1, 3, Double.POSITIVE_INFINITY),
          new Distribution.Pareto(1, 0.8, 100),
          new Distribution.Pareto(1, 1, 50),
          new Distribution.Empirical(new double[] {1, 10}, new double[] {3, 1})
        }) {
      double sum = 0;
      int draws = 200_000;
      for (int i = 0; i < draws; i++) {
        double value = each.draw(random);
        assertThat(value).isBetween(0.0, each.most());
        sum += value;
      }
      assertThat(sum / draws)
          .as(each.toString())
          .isCloseTo(each.mean(), within(0.03 * each.mean()));
    }
  }
}
