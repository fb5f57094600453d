package org.mapcost.model.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.InputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Guards that the bundled workload files satisfy the JSON Schema that users get for their own,
/// that schema and reader know the same keys, and that both refuse the same mistakes.
class WorkloadSchemaTest {
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(text("workload.schema.json"));

  private static final String CLIENT = "workload: w\nclients:\n  c:\n    ";
  private static final String GOOD = "arrival: {closed: {think: 1ms}}\n    size: 64KiB\n";

  @ParameterizedTest
  @MethodSource("org.mapcost.model.workload.Workloads#names")
  void bundledFiles(String name) {
    assertThat(SCHEMA.validate(text(name + ".yaml"), InputFormat.YAML)).isEmpty();
  }

  /// Refused by the schema and by the reader alike.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lifetim: 1ms|lifetim",
        "count: 0|minimum",
        "count: -3|minimum",
        "mode: wd|mode",
        "memory: vran|memory",
        "touched: 120%|touched",
        "reuse: 0|reuse",
        "lifetime: 10|lifetime",
        "lifetime: {exponential: {mean: -1ms}}|mean",
        "lifetime: {exponential: {average: 1ms}}|average",
        "lifetime: {pareto: {min: 1ms, shape: 0.9}}|shape",
        "lifetime: {lognormal: {median: 1ms, sigma: 7}}|sigma",
        "lifetime: {uniform: {low: 1ms}}|high"
      })
  void mistakesInClients(String line, String about) {
    String yaml = CLIENT + line + "\n    " + GOOD;
    List<Error> errors = SCHEMA.validate(yaml, InputFormat.YAML);
    assertThat(errors).isNotEmpty();
    assertThat(errors.toString()).contains(about);
    assertThatThrownBy(() -> Workloads.parse("w.yaml", yaml)).isInstanceOf(InputException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arrival: {poisson: {rate: -5/s}}\n    size: 64KiB",
        "arrival: {poisson: {rate: 5}}\n    size: 64KiB",
        "arrival: {bursts: {every: 1s}}\n    size: 64KiB",
        "arrival: {closed: {think: 1ms}, poisson: {rate: 1/s}}\n    size: 64KiB",
        "arrival: {closed: {think: 1ms}}",
        "size: 64KiB",
        "arrival: {closed: {think: 1ms}}\n    size: {pareto: {min: 4KiB, shape: 1}}",
        "arrival: {closed: {think: 1ms}}\n    size: {empirical: {4KiB: 0}}",
        "arrival: {closed: {think: 1ms}}\n    size: {empirical: {}}"
      })
  void mistakesInArrivalsAndSizes(String clients) {
    String yaml = CLIENT + clients + "\n";
    assertThat(SCHEMA.validate(yaml, InputFormat.YAML)).isNotEmpty();
    assertThatThrownBy(() -> Workloads.parse("w.yaml", yaml)).isInstanceOf(InputException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "durations: 1s",
        "duration: 1",
        "duration: -1s",
        "seed: x",
        "other_cpus: asleep",
        "pool: {kind: ttm}",
        "pool: {limits: 1MiB}",
        "shrinker: {every: 1}",
        "precision: -2%"
      })
  void mistakesAtTheTop(String line) {
    String yaml = line + "\n" + CLIENT + GOOD;
    assertThat(SCHEMA.validate(yaml, InputFormat.YAML)).isNotEmpty();
    assertThatThrownBy(() -> Workloads.parse("w.yaml", yaml)).isInstanceOf(InputException.class);
  }

  @Test
  void schemaAndReaderKnowTheSameKeys() {
    JsonNode root = JsonMapper.shared().readTree(text("workload.schema.json"));
    assertThat(new TreeSet<>(root.get("properties").propertyNames()))
        .isEqualTo(new TreeSet<>(WorkloadReader.KEYS));
    assertThat(new TreeSet<>(root.at("/$defs/client/properties").propertyNames()))
        .isEqualTo(new TreeSet<>(WorkloadReader.CLIENT_KEYS));
  }

  private static String text(String name) {
    try (InputStream in = Workloads.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
