package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mapcost.model.cost.Interval;
import org.mapcost.results.published.Outcome;
import org.mapcost.results.published.Prediction;
import org.mapcost.results.published.Predictions;
import org.mapcost.results.published.Validation;
import org.mapcost.results.report.Proof;

/// Guards that a proof comes back from its file to the last digit, and that classes outside the
/// program's jar, which may be newer than any file, have none.
class BuiltProofTest {
  @Test
  void aProofComesBackAsItWas() {
    List<Prediction> rows = Predictions.bundled();
    Proof proof =
        new Proof(
            Optional.of(new Proof.Counts(7, 6, List.of("6.1.176", "6.12.43"))),
            Optional.of(
                new Validation(
                    IntStream.range(0, rows.size())
                        .mapToObj(i ->
                            new Outcome(rows.get(i), new Interval(1.0 / 3, Math.PI + i, 1e300)))
                        .toList())));
    Proof back = BuiltProof.read(new ByteArrayInputStream(BuiltProof.written(proof)));
    assertThat(back).isEqualTo(proof);
  }

  @Test
  void classesHaveNoFile() {
    assertThat(BuiltProof.class.getResource(BuiltProof.FILE)).isNull();
  }
}
