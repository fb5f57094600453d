package org.mapcost.model.lab;

import java.util.List;
import java.util.Map;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;

/// Makes the model do what a recording shows, and holds the two side by side.
interface Replay {
  /// Every call of the recording, compared. Throws `InputException` for a file that lacks what the
  /// schema promises.
  List<ComparedCall> replay(Recording recording, Coverage coverage);

  /// The replay of each family of scenarios.
  Map<String, Replay> BY_FAMILY =
      Map.of(
          "A-ttm-fault", new TtmFaultReplay(),
          "A-ttm-fault-vram", new TtmFaultReplay(),
          "B-resource-walk", new WalkReplay(),
          "C-cpa", new AttributeReplay(),
          "C-flushed-pages", new FlushedPagesReplay(),
          "D-insert-api", new InsertionReplay(),
          "E-ttm-pool", new PoolReplay(),
          "E-ttm-pool-limit256", new PoolReplay(),
          "F-tlb", new ShootdownReplay());

  /// The replay of a scenario. Throws `InputException`, with the nearest known one, for any other.
  static Replay of(Recording recording) {
    if (recording.family().startsWith("G-")) {
      throw new InputException("holds instruction counts, not operations");
    }
    Replay replay = BY_FAMILY.get(recording.family());
    if (replay == null) {
      throw Nearest.unknown(
          "scenario", recording.family(), BY_FAMILY.keySet().stream().sorted().toList());
    }
    return replay;
  }
}
