package org.mapcost.results.report;

import java.util.List;
import java.util.Optional;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.results.run.Environment;
import org.mapcost.results.run.Manifest;
import org.mapcost.results.run.Measurement;

/// What a report is made of.
///
/// @param measurements every finished point
/// @param environment the host that measured
/// @param manifest what was planned; absent where only results are at hand
/// @param tree the resource tree whose look-ups are counted
/// @param where what the tree was read from
/// @param ownHost whether that is the host that measured
/// @param proof what holds the model against reality
/// @param commands what to type to get this report again
public record ReportInput(
    List<Measurement> measurements,
    Environment environment,
    Optional<Manifest> manifest,
    ResourceTree tree,
    String where,
    boolean ownHost,
    Proof proof,
    List<String> commands) {
  /// Without anything that holds the model against reality.
  public ReportInput(
      List<Measurement> measurements,
      Environment environment,
      Optional<Manifest> manifest,
      ResourceTree tree,
      String where,
      boolean ownHost,
      List<String> commands) {
    this(measurements, environment, manifest, tree, where, ownHost, Proof.NONE, commands);
  }

  public ReportInput {
    measurements = List.copyOf(measurements);
    commands = List.copyOf(commands);
  }
}
