package org.mapcost.model.vma;

/// What a fault handler, or an insertion made in one, returns (`vm_fault_t`).
public enum VmFault {
  /// `VM_FAULT_NOPAGE`: the entry is there.
  NOPAGE,
  /// `VM_FAULT_SIGBUS`: the task is killed or signalled.
  SIGBUS,
  /// `VM_FAULT_FALLBACK`: no huge entry here; try a small one.
  FALLBACK
}
