package org.mapcost.model.machine;

import static org.assertj.core.api.Assertions.assertThat;

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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Guards that the bundled machine files satisfy the JSON Schema that users get for their own, and
/// that schema and loader know the same keys.
class MachineSchemaTest {
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(text("machine.schema.json"));

  @ParameterizedTest
  @ValueSource(strings = {"x86", "intel", "amd"})
  @MethodSource("org.mapcost.model.machine.Machines#names")
  void bundledFiles(String name) {
    assertThat(SCHEMA.validate(text(name + ".yaml"), InputFormat.YAML)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{prices: {invplg: {value: 1, unit: ns, source: x}}}|invplg",
        "{prises: {}}|prises",
        "{prices: {invlpg: {value: 1, unit: ns}}}|source",
        "{prices: {invlpg: {value: 1, source: x}}}|unit",
        "{prices: {invlpg: {value: 1, unit: GiB, source: x}}}|unit",
        "{prices: {invlpg: {value: -1, unit: ns, source: x}}}|minimum",
        "{prices: {invlpg: {value: 1, low: 1, unit: ns, source: x}}}|high",
        "{prices: {invlpg: {value: 1, unit: ns, source: x, sauce: y}}}|sauce",
        "{topology: {cores: {value: 1.5, source: x}}}|integer",
        "{features: {pti: {value: 2, source: x}}}|enumeration"
      })
  void wrongFiles(String yaml, String about) {
    List<Error> errors = SCHEMA.validate(yaml, InputFormat.YAML);
    assertThat(errors).isNotEmpty();
    assertThat(errors.toString()).contains(about);
  }

  @Test
  void schemaAndLoaderKnowTheSameKeys() {
    JsonNode root = JsonMapper.shared().readTree(text("machine.schema.json"));
    TreeSet<String> inSchema = new TreeSet<>();
    TreeSet<String> inLoader = new TreeSet<>();
    for (Section section : Section.values()) {
      for (String key : root.at("/properties/" + section.key() + "/properties").propertyNames()) {
        inSchema.add(section.key() + "." + key);
      }
    }
    for (Parameter parameter : Parameter.values()) {
      inLoader.add(parameter.path());
    }
    assertThat(inSchema).isEqualTo(inLoader);
  }

  private static String text(String name) {
    try (InputStream in = Machines.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
