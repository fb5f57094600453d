package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Guards what `validate --counts` prints, and its exit codes: 0 when every recorded call agrees, 1
/// when one does not, 2 when there is nothing to compare.
class ValidateCountsTest {
  private static final String WALK =
      """
      {"schema":"lab/1","scenario":"B-resource-walk","kernel":"6.1","smp":1,"data":{"configs":{"tiny":{
       "iomem":["00001000-0009ffff : System RAM","00100000-7fffffff : System RAM","e0000000-efffffff : PCI Bus 0000:00"],
       "queries":[{"addr":"e0000000","pages":1,"calls":[{"start":"e0000000","end":"e0000fff","visited":[0,1,%s]}]}]}}}}
      """;

  @TempDir Path folder;

  @Test
  void theBundledRecordingsAgree() {
    CommandLineRun run = CommandLineRun.of("validate", "--counts", "--format", "json");
    assertThat(run.err()).isEmpty();
    JsonNode object = run.json().getFirst();
    assertThat(object.get("schema").asString()).isEqualTo("mapcost/validate-counts/1");
    assertThat(object.get("holds").asBoolean()).isTrue();
    assertThat(object.get("agreement").size()).isGreaterThan(10);
    assertThat(object.get("coverage").size()).isGreaterThan(200);
    assertThat(object.get("unknown_keys")).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void aDifferenceIsShownWithBothSidesAndExitCodeOne() throws IOException {
    Files.writeString(folder.resolve("B-resource-walk-6.1.json"), WALK.formatted("1"));
    CommandLineRun run =
        CommandLineRun.of("validate", "--counts", "--lab", folder.toString(), "--format", "json");
    assertThat(run.exitCode()).isEqualTo(1);
    JsonNode difference = run.json().getFirst().get("differences").get(0);
    assertThat(difference.get("call").asString()).isEqualTo("tiny: 0xe0000000, 1 pages");
    assertThat(difference.at("/keys/nodes").toString())
        .isEqualTo(
            "{\"recorded\":\"e0000000-e0000fff: [0, 1, 1]\","
                + "\"modelled\":\"e0000000-e0000fff: [0, 1, 2]\"}");
  }

  @Test
  void theTableNamesAgreementAndVerdict() throws IOException {
    Files.writeString(folder.resolve("B-resource-walk-6.1.json"), WALK.formatted("2"));
    CommandLineRun run = CommandLineRun.of("validate", "--counts", "--lab", folder.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("B-resource-walk")
        .contains("Differences:\nnone")
        .contains("Events that no recording shows:")
        .contains("1 of 1 calls agree, 0 differ as known, 0 differ.");
    CommandLineRun csv =
        CommandLineRun.of("validate", "--counts", "--lab", folder.toString(), "--format", "csv");
    assertThat(csv.out().lines().skip(1).findFirst().orElseThrow())
        .isEqualTo("B-resource-walk,6.1,6.1,1,1,0,0,B-resource-walk-6.1.json");
  }

  @Test
  void nothingToCompareIsExitCodeTwo() throws IOException {
    Files.writeString(
        folder.resolve("G.json"),
        "{\"schema\":\"lab/1\",\"scenario\":\"G-icount\",\"kernel\":\"6.1\",\"data\":{}}");
    CommandLineRun run = CommandLineRun.of("validate", "--counts", "--lab", folder.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("holds instruction counts, not operations");
  }

  @Test
  void withoutAComparisonItAsksForOne() {
    CommandLineRun run = CommandLineRun.of("validate");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("mapcost: say what to validate: --counts, --prices or --live.\n");
  }
}
