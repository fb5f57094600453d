package org.mapcost.results.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mapcost.model.InputException;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.strategy.Memory;
import org.mapcost.results.figure.CostBySize;
import org.mapcost.results.figure.CostByStrategy;
import org.mapcost.results.figure.PoolPictures;
import org.mapcost.results.figure.Setting;
import org.mapcost.results.figure.TransitionByCpus;

/// What the model says without any measurement: counts on the report's tree, priced for a machine
/// that comes with mapcost.
final class ModelSection {
  /// 64 MiB.
  private static final long MOST_PAGES = 1 << 14;

  private ModelSection() {}

  static Page.Section of(ReportInput input) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Text(
            "Nothing below was measured by this run. The model counts what kernel "
                + Setting.KERNEL
                + " does on this tree and prices it for a bundled machine; every"
                + " time is an interval."));
    Optional<Setting> vram = setting(input, Memory.VRAM);
    Optional<Setting> ram = setting(input, Memory.RAM);
    vram.flatMap(ModelSection::byStrategy).ifPresent(blocks::add);
    ram.flatMap(ModelSection::byStrategy).ifPresent(blocks::add);
    vram.ifPresentOrElse(
        setting -> blocks.add(Block.of(CostBySize.of(setting, CostBySize.TELLING))),
        () ->
            blocks.add(
                new Block.Text(
                    "This tree has no PCI BAR, so there is no buffer of VRAM to price.")));
    ram.ifPresent(setting -> {
      if (TransitionByCpus.fits(input.tree(), TransitionByCpus.PAGES)) {
        blocks.add(
            Block.of(
                TransitionByCpus.of(
                    new Setting(
                        Machines.named(TransitionByCpus.MACHINE),
                        setting.scenario(),
                        setting.where()),
                    TransitionByCpus.PAGES)));
      }
      blocks.add(Block.of(PoolPictures.byPercentile(setting)));
      blocks.add(Block.of(PoolPictures.byHitRatio(setting)));
    });
    return new Page.Section("model", "What the model says", blocks);
  }

  /// The usual setting with a buffer of 64 MiB, or as much as there is.
  private static Optional<Setting> setting(ReportInput input, Memory memory) {
    return Setting.usual(input.tree(), memory, input.where())
        .map(usual ->
            new Setting(
                usual.machine(),
                usual.buffer(Math.min(MOST_PAGES, Long.highestOneBit(usual.mostPages()))),
                usual.where()));
  }

  /// Empty where nothing gets the caching mode that is asked for.
  private static Optional<Block> byStrategy(Setting setting) {
    try {
      return Optional.of(Block.of(CostByStrategy.of(setting)));
    } catch (InputException _) {
      return Optional.empty();
    }
  }
}
