package org.mapcost.model.vma;

/// The flags of a VMA that decide what may be inserted and what get_user_pages may do.
public enum VmFlag {
  /// `VM_SHARED`: writes go to the mapped memory, not to copies.
  SHARED,
  /// `VM_MAYWRITE`: `mprotect` may allow writing.
  MAYWRITE,
  /// `VM_PFNMAP`: entries are raw page frame numbers.
  PFNMAP,
  /// `VM_MIXEDMAP`: entries may be pages and page frame numbers.
  MIXEDMAP,
  /// `VM_IO`: get_user_pages keeps out.
  IO,
  /// `VM_DONTEXPAND`: `mremap` may not grow it.
  DONTEXPAND,
  /// `VM_DONTDUMP`: left out of core dumps.
  DONTDUMP,
  /// `VM_PAT`, up to 6.15: the VMA owns a memory-type reservation. From 6.16 on a reference-counted
  /// context has its place.
  PAT
}
