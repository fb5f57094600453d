package org.mapcost.results.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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

  private static final Block NO_BAR =
      new Block.Text("This tree has no PCI BAR, so there is no buffer of VRAM to price.");

  private ModelSection() {}

  static Page.Section of(ReportInput input) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Text(
            "Nothing below was measured by this run. The model counts what kernel "
                + Setting.KERNEL
                + " does on this tree and prices it for a bundled machine; every"
                + " time is an interval."));
    List<Supplier<Optional<Block>>> charts = new ArrayList<>();
    Optional<Setting> vram = setting(input, Memory.VRAM);
    Optional<Setting> ram = setting(input, Memory.RAM);
    charts.add(() -> vram.flatMap(ModelSection::byStrategy));
    charts.add(() -> ram.flatMap(ModelSection::byStrategy));
    charts.add(() -> Optional.of(vram.map(ModelSection::bySize).orElse(NO_BAR)));
    ram.ifPresent(setting -> {
      charts.add(() -> transition(setting));
      charts.add(() -> Optional.of(Block.of(PoolPictures.byPercentile(setting))));
      charts.add(() -> Optional.of(Block.of(PoolPictures.byHitRatio(setting))));
    });
    charts.parallelStream().map(Supplier::get).forEachOrdered(each -> each.ifPresent(blocks::add));
    return new Page.Section("model", "What the model says", blocks);
  }

  private static Block bySize(Setting setting) {
    return Block.of(CostBySize.of(setting, CostBySize.TELLING));
  }

  /// Empty where the tree has too little RAM in one piece.
  private static Optional<Block> transition(Setting setting) {
    if (!TransitionByCpus.fits(setting.tree(), TransitionByCpus.PAGES)) {
      return Optional.empty();
    }
    return Optional.of(
        Block.of(
            TransitionByCpus.of(
                new Setting(
                    Machines.named(TransitionByCpus.MACHINE), setting.scenario(), setting.where()),
                TransitionByCpus.PAGES)));
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
