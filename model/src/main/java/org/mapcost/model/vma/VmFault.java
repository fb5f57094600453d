package org.mapcost.model.vma;

/// What a fault handler, or an insertion made in one, returns (`vm_fault_t`).
public enum VmFault {
  /// `VM_FAULT_NOPAGE`: the entry is there.
  NOPAGE,
  /// 0: the handler names a page (`vmf->page`), and the kernel maps or copies it.
  PAGE,
  /// `VM_FAULT_SIGBUS`: the task is killed or signalled.
  SIGBUS,
  /// `VM_FAULT_FALLBACK`: no huge entry here; try a small one.
  FALLBACK
}
