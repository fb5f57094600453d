package org.mapcost.results.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.lab.Coverage;
import org.mapcost.model.lab.KnownDifferences;
import org.mapcost.model.lab.LabFolder;
import org.mapcost.results.published.Outcome;
import org.mapcost.results.published.Predictions;
import org.mapcost.results.published.Validation;
import org.mapcost.results.report.Proof;
import tools.jackson.databind.json.JsonMapper;

/// The proof that stands in every report: all bundled recordings and published rows. It depends on
/// the program alone, so the build computes it once and packs it into the program's jar, beside
/// what it was computed from and nowhere else. Without that file, as from a folder of classes, it
/// is computed.
final class BuiltProof {
  /// Where the jar has it, beside this class.
  static final String FILE = "proof.json";

  private static final String SCHEMA = "mapcost/proof/1";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private BuiltProof() {}

  /// The file.
  ///
  /// @param prices by row, what the model says in the row's unit
  record File(String schema, Proof.Counts counts, Map<String, Interval> prices) {}

  /// The build calls it.
  ///
  /// @param arguments the file to write
  static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, written(computed()));
  }

  /// The one in the jar, or else one computed now.
  static Proof proof() {
    try (InputStream in = BuiltProof.class.getResourceAsStream(FILE)) {
      return in == null ? computed() : read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Compares every recorded call and asks for every published row.
  static Proof computed() {
    CompletableFuture<Proof.Counts> counts =
        CompletableFuture.supplyAsync(() ->
            Proof.Counts.of(
                org.mapcost.model.lab.Validation.of(
                    LabFolder.bundled(), Coverage.published(), KnownDifferences.published())));
    Validation prices = Validation.of(Predictions.bundled(), new CommandAnswers());
    return new Proof(Optional.of(counts.join()), Optional.of(prices));
  }

  static byte[] written(Proof proof) {
    Map<String, Interval> prices = new LinkedHashMap<>();
    for (Outcome each : proof.prices().orElseThrow().outcomes()) {
      prices.put(each.prediction().row(), each.predicted());
    }
    return JSON.writeValueAsBytes(new File(SCHEMA, proof.counts().orElseThrow(), prices));
  }

  static Proof read(InputStream in) {
    File file = JSON.readValue(in, File.class);
    List<Outcome> outcomes =
        Predictions.bundled().stream()
            .map(each -> new Outcome(each, Objects.requireNonNull(file.prices.get(each.row()))))
            .toList();
    return new Proof(Optional.of(file.counts), Optional.of(new Validation(outcomes)));
  }
}
