package org.mapcost.model.kernel;

/// What TTM's fault handler does for the pages behind the touched one (`ttm_bo_vm_fault_reserved`).
///
/// @param insert with which call it inserts a page
/// @param pages how many it maps at most, the touched one included (`TTM_BO_VM_NUM_PREFAULT`)
/// @param skipPresent whether it leaves out pages that are mapped already; no kernel does
public record TtmWindow(TtmInsert insert, int pages, boolean skipPresent) {
  public TtmWindow {
    if (pages < 1) {
      throw new IllegalArgumentException("a fault maps at least the touched page: " + pages);
    }
  }
}
