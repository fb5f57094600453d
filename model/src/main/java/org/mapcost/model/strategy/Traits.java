package org.mapcost.model.strategy;

import java.util.EnumSet;
import java.util.Set;
import org.mapcost.model.vma.PteKind;
import org.mapcost.model.vma.VmFlag;

/// What a strategy's mapping is and permits, whatever it costs.
///
/// @param memory the memory it can map
/// @param vmaFlags the flags it needs or sets on the VMA
/// @param pte what its page-table entries hold
/// @param getUserPagesFast what the lockless walk does
/// @param getUserPages what the slow walk returns
/// @param copyOnWrite what becomes of a private writable mapping
public record Traits(
    Set<Memory> memory,
    Set<VmFlag> vmaFlags,
    PteKind pte,
    String getUserPagesFast,
    String getUserPages,
    String copyOnWrite) {

  public Traits {
    memory = Set.copyOf(memory);
    vmaFlags = Set.copyOf(vmaFlags);
  }

  /// A mapping of page frame numbers: get_user_pages keeps out (`check_vma_flags`, `pte_special`).
  static Traits pfnMap(Set<Memory> memory, String copyOnWrite, VmFlag... more) {
    Set<VmFlag> flags = EnumSet.of(VmFlag.PFNMAP, VmFlag.DONTEXPAND, VmFlag.DONTDUMP);
    flags.addAll(Set.of(more));
    return new Traits(
        memory,
        flags,
        PteKind.SPECIAL,
        "refuses (special entry)",
        "EFAULT (VM_PFNMAP)",
        copyOnWrite);
  }
}
