package org.mapcost.model.strategy;

import java.util.EnumSet;
import java.util.Set;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.vma.GetUserPages;
import org.mapcost.model.vma.GetUserPages.Answer;
import org.mapcost.model.vma.GetUserPages.Call;
import org.mapcost.model.vma.PteKind;
import org.mapcost.model.vma.VmFlag;

/// What a strategy's mapping is and permits, whatever it costs.
///
/// @param memory the memory it can map
/// @param vmaFlags the flags it needs or sets on the VMA
/// @param pte what its page-table entries hold
/// @param getUserPagesFast what the lockless walk does
/// @param getUserPages what the slow walk returns
/// @param copyOnWrite what becomes of a private writable mapping; begins with the errno where
///   `mmap` refuses it
public record Traits(
    Set<Memory> memory,
    Set<VmFlag> vmaFlags,
    PteKind pte,
    String getUserPagesFast,
    String getUserPages,
    String copyOnWrite) {

  private static final String COPIES = "accepted; a write copies the page";
  private static final String EINVAL = "EINVAL at mmap";

  public Traits {
    memory = Set.copyOf(memory);
    vmaFlags = Set.copyOf(vmaFlags);
  }

  /// The traits of entries of a kind in a VMA with flags, with what a kernel's get_user_pages says
  /// of them.
  static Traits of(
      Kernel kernel, Set<Memory> memory, Set<VmFlag> flags, PteKind pte, String copyOnWrite) {
    GetUserPages answers = kernel.getUserPages();
    boolean keptOut = flags.contains(VmFlag.PFNMAP) || flags.contains(VmFlag.IO);
    String fast =
        switch (pte) {
          case NORMAL, COPY -> "takes the page";
          case SPECIAL, NONE -> "refuses (special entry)";
          case HUGE, GIGANTIC ->
              answers.of(Call.GET_FAST, keptOut, pte) == Answer.PAGE
                  ? "takes it for a page, for nothing marks it"
                  : "refuses (marked entry)";
        };
    return new Traits(memory, flags, pte, fast, slow(answers, flags, pte), copyOnWrite);
  }

  private static String slow(GetUserPages answers, Set<VmFlag> flags, PteKind pte) {
    if (flags.contains(VmFlag.PFNMAP)) {
      return "EFAULT (VM_PFNMAP)";
    }
    if (flags.contains(VmFlag.IO)) {
      return "EFAULT (VM_IO)";
    }
    return switch (answers.of(Call.GET, false, pte)) {
      case PAGE, COPY -> "takes the page";
      case EEXIST -> "EEXIST (special entry)";
      case EFAULT, NO_PAGE ->
          answers.of(Call.PIN, false, pte) == Answer.NO_PAGE
              ? "EFAULT (special entry); a pin succeeds without a page"
              : "EFAULT (special entry)";
    };
  }

  /// Page frame numbers in a `VM_PFNMAP` VMA whose `mmap` refuses a private mapping.
  static Traits pfnMap(Kernel kernel, Set<Memory> memory, VmFlag... more) {
    return pfnMapCow(kernel, memory, EINVAL, more);
  }

  /// The same where a private mapping is something else.
  static Traits pfnMapCow(Kernel kernel, Set<Memory> memory, String copyOnWrite, VmFlag... more) {
    Set<VmFlag> flags = EnumSet.of(VmFlag.PFNMAP, VmFlag.DONTEXPAND, VmFlag.DONTDUMP);
    flags.addAll(Set.of(more));
    return of(kernel, memory, flags, PteKind.SPECIAL, copyOnWrite);
  }

  /// `VM_MIXEDMAP`, which accepts private mappings.
  static Traits mixedMap(Kernel kernel, Set<Memory> memory, PteKind pte, VmFlag... more) {
    Set<VmFlag> flags = EnumSet.of(VmFlag.MIXEDMAP, VmFlag.DONTEXPAND, VmFlag.DONTDUMP);
    flags.addAll(Set.of(more));
    return of(kernel, memory, flags, pte, COPIES);
  }

  /// Ordinary pages in an ordinary VMA, for shared mappings only.
  static Traits sharedPages(Kernel kernel) {
    return of(kernel, Set.of(Memory.RAM), Set.of(), PteKind.NORMAL, EINVAL);
  }

  /// Whether `mmap` refuses a private writable mapping before anything else happens.
  boolean refusesPrivate() {
    return copyOnWrite.startsWith("EINVAL");
  }
}
