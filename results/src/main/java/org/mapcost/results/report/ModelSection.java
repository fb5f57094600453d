package org.mapcost.results.report;

import java.util.ArrayList;
import java.util.List;
import org.mapcost.model.strategy.Memory;

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
    for (Memory memory : Memory.values()) {
      CostByStrategy.picture(input.tree(), memory, input.where()).ifPresent(blocks::add);
    }
    CostBySize.picture(input.tree(), input.where())
        .ifPresentOrElse(
            blocks::add,
            () ->
                blocks.add(
                    new Block.Text(
                        "This tree has no PCI BAR, so there is no buffer of VRAM to price.")));
    TransitionByCpus.picture(input.tree()).ifPresent(blocks::add);
    blocks.addAll(PoolPictures.pictures(input.tree()));
    return new Page.Section("model", "What the model says", blocks);
  }
}
