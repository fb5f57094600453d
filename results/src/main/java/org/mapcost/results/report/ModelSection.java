package org.mapcost.results.report;

import java.util.ArrayList;
import java.util.List;
import org.mapcost.model.cost.Provenance;

/// What the model says without any measurement: counts on the report's tree, priced for a machine
/// that comes with mapcost.
final class ModelSection {
  /// The kernel that all its figures follow.
  static final String KERNEL = "6.1";

  private ModelSection() {}

  static Page.Section of(ReportInput input) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Text(
            "Nothing below was measured by this run. The model counts what kernel "
                + KERNEL
                + " does on this tree and prices it for a bundled machine; every"
                + " time is an interval."));
    CostBySize.picture(input.tree(), input.where())
        .ifPresentOrElse(
            blocks::add,
            () ->
                blocks.add(
                    new Block.Text(
                        "This tree has no PCI BAR, so there is no buffer of VRAM to price.")));
    TransitionByCpus.picture(input.tree()).ifPresent(blocks::add);
    return new Page.Section("model", "What the model says", blocks);
  }

  /// A sentence that names the values behind a figure that nobody published; empty where there are
  /// none.
  static String unsourced(Provenance provenance) {
    return provenance.restsOnNone()
        ? " Some values behind it have no published source (source: none) and are given wide: "
            + String.join(", ", provenance.unsourced())
            + "."
        : "";
  }
}
