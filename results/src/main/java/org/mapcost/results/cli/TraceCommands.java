package org.mapcost.results.cli;

import java.util.Map;
import org.mapcost.model.InputException;
import org.mapcost.model.workload.trace.TraceAccount;

/// What the commands that read traces have in common.
final class TraceCommands {
  private TraceCommands() {}

  /// Throws [InputException] where no event of the trace means anything.
  static void refuseUseless(TraceAccount account) {
    if (account.known().isEmpty()) {
      throw new InputException(
          "%s: none of its events means anything here; record tlb:tlb_flush,"
                  .formatted(account.file())
              + " exceptions:page_fault_user, i915:i915_gem_object_* or amdgpu:amdgpu_bo_*.");
    }
  }

  /// The account as JSON.
  static Map<String, Object> json(TraceAccount account) {
    return Json.object(
        "file", account.file(),
        "lines", account.lines(),
        "length_ns", Json.rounded(account.length()),
        "used", account.known(),
        "unknown", account.unknown(),
        "damaged_lines", account.damagedLines(),
        "damaged", account.damaged(),
        "lost_events", account.lost(),
        "lost_places", account.lostPlaces(),
        "out_of_order", account.outOfOrder(),
        "truncated", account.truncated());
  }
}
