package org.mapcost.model.vma;

/// What the kernel's other users get for a page of a user mapping when they ask for its struct page
/// (`get_user_pages` and its relatives, `mm/gup.c`).
///
/// Read in 5.10; results recorded on 5.10, 6.1, 6.12, 6.16 and 7.2 for small entries, clean and
/// after a copy on write. Huge entries were not recorded.
public final class GetUserPages {
  /// Who asks, and how.
  public enum Call {
    /// `get_user_pages_fast`, and `vmsplice` with it: first without a lock, from the entry alone.
    GET_FAST(true, false),
    /// `pin_user_pages_fast`, also `FOLL_LONGTERM`.
    PIN_FAST(true, true),
    /// `get_user_pages_remote`, as `/proc/PID/mem` and ptrace do.
    GET(false, false),
    /// `pin_user_pages_remote`, as `process_vm_readv` does.
    PIN(false, true);

    private final boolean fast;
    private final boolean pins;

    Call(boolean fast, boolean pins) {
      this.fast = fast;
      this.pins = pins;
    }
  }

  /// What comes back.
  public enum Answer {
    /// The page that the driver mapped, with a reference to it.
    PAGE,
    /// The process's private copy of it.
    COPY,
    /// Success that names no page; whoever uses it touches memory that is not meant.
    NO_PAGE,
    /// `-EFAULT`.
    EFAULT,
    /// `-EEXIST`: there is an entry, but no page. `process_vm_readv` tells its caller EFAULT.
    EEXIST
  }

  private final MixedGup mixed;
  private final HugeGup huge;

  /// @param mixed what this kernel returns for a special entry that the flags do not keep out
  /// @param huge what the walk without a lock takes huge entries for
  public GetUserPages(MixedGup mixed, HugeGup huge) {
    this.mixed = mixed;
    this.huge = huge;
  }

  /// The answer for a page that has an entry.
  public Answer of(Call call, Vma vma, long page) {
    PteKind kind = vma.pageTable().kind(page);
    return of(call, vma.has(VmFlag.PFNMAP) || vma.has(VmFlag.IO), kind);
  }

  /// The answer for an entry of some kind.
  ///
  /// @param keptOut whether the VMA is `VM_PFNMAP` or `VM_IO`: the walk under the lock then refuses
  ///   (`check_vma_flags`), the one without never looks at the VMA
  public Answer of(Call call, boolean keptOut, PteKind kind) {
    if (call.fast) {
      switch (kind) {
        case NORMAL -> {
          return Answer.PAGE;
        }
        case COPY -> {
          return Answer.COPY;
        }
        case HUGE, GIGANTIC -> {
          if (huge == HugeGup.TAKEN) {
            return Answer.PAGE;
          }
        }
        case NONE, SPECIAL -> {
          // Only the slow walk can tell.
        }
      }
    }
    if (keptOut) {
      return Answer.EFAULT;
    }
    return switch (kind) {
      case NONE -> throw new IllegalArgumentException("no entry; a fault would come first");
      case NORMAL -> Answer.PAGE;
      case COPY -> Answer.COPY;
      case SPECIAL, HUGE, GIGANTIC -> ofRawEntry(call);
    };
  }

  /// `follow_pfn_pte`: an entry that names no struct page.
  private Answer ofRawEntry(Call call) {
    return switch (mixed) {
      case EFAULT -> call.pins ? Answer.NO_PAGE : Answer.EFAULT;
      case EEXIST -> Answer.EEXIST;
    };
  }
}
