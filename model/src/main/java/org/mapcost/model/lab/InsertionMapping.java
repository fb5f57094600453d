package org.mapcost.model.lab;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongFunction;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Errno;
import org.mapcost.model.vma.GetUserPages;
import org.mapcost.model.vma.Mm;
import org.mapcost.model.vma.VmFault;
import org.mapcost.model.vma.VmFlag;
import org.mapcost.model.vma.Vma;
import tools.jackson.databind.JsonNode;

/// One test of scenario D: a buffer mapped by the test driver in the way that the test names.
final class InsertionMapping {
  private static final long PAGE_SIZE = 4096;
  private static final int PREFAULT = 16;

  /// Where in the process the mapping lies; the recordings do not say.
  record Place(long start, boolean neighbourBehind, boolean neighbourInGibibyte) {
    private static final long GIBIBYTE = 262144;

    /// By itself, 800 MiB above a 1 GiB boundary.
    static final Place ALONE = alone(400);

    /// By itself, so many 2 MiB blocks above a 1 GiB boundary.
    static Place alone(long blocks) {
      return new Place(GIBIBYTE + blocks * 512 + 256, false, false);
    }

    /// In front of another mapping, with so many pages below a 2 MiB boundary.
    static Place inFront(long pagesBelow) {
      return new Place(GIBIBYTE + 400 * 512 - pagesBelow, true, true);
    }
  }

  private final InsertionGuest guest;
  private final String api;
  private final boolean shared;
  private final long pages;
  private final long address;
  private final Mm mm;
  private final Vma vma;
  private int errno;
  private long touched;

  InsertionMapping(InsertionGuest guest, JsonNode test, long address, Place place) {
    this.guest = guest;
    this.api = test.path("api").asString();
    this.shared = test.path("share").asString().equals("shared") && !isForcedBug();
    this.pages = test.path("pages").asLong();
    this.address = address;
    this.mm = guest.process();
    mm.map(other(0));
    if (place.neighbourInGibibyte()) {
      mm.map(other(Place.GIBIBYTE));
    }
    Set<VmFlag> flags = EnumSet.of(VmFlag.MAYWRITE);
    if (shared) {
      flags.add(VmFlag.SHARED);
    }
    this.vma = new Vma(mm, place.start(), pages, mode(), flags);
    mm.map(vma);
    if (place.neighbourBehind()) {
      mm.map(other(vma.end()));
    }
  }

  private Vma other(long page) {
    return new Vma(mm, page, 1, CacheMode.WB, EnumSet.of(VmFlag.MAYWRITE));
  }

  private CacheMode mode() {
    if (api.endsWith("_wc")) {
      return CacheMode.WC;
    }
    return api.endsWith("_uc") ? CacheMode.UC_MINUS : CacheMode.WB;
  }

  /// `io_mapping_map_user` is in none of the recorded images.
  boolean isMissingFromTheImages() {
    return api.startsWith("io_mapping_map_user");
  }

  boolean isForcedBug() {
    return api.equals("bug_pfn_private");
  }

  private boolean isPfn() {
    return api.startsWith("vmf_insert_pfn") || api.startsWith("over_wc_pfn") || isForcedBug();
  }

  private boolean hasHandler() {
    return isPfn() || api.startsWith("vmf_insert_mixed") || api.startsWith("fault_returns_page");
  }

  int errno() {
    return errno;
  }

  Vma vma() {
    return vma;
  }

  GetUserPages getUserPages() {
    return guest.kernel().getUserPages();
  }

  /// How many pages the last [#read] reached.
  long touched() {
    return touched;
  }

  /// Faults of the last touches that ended in a signal before any handler was asked: 0 or 1.
  int deadlyFaults() {
    return touched < pages && !hasHandler() ? 1 : 0;
  }

  Ledger mmap() {
    Ledger ledger = new Ledger();
    errno = callMmap(ledger);
    return ledger;
  }

  private int callMmap(Meter meter) {
    if (isPfn()) {
      if (!shared && !isForcedBug()) {
        return Errno.EINVAL;
      }
      vma.set(VmFlag.PFNMAP, VmFlag.DONTEXPAND, VmFlag.DONTDUMP);
      return 0;
    }
    if (api.startsWith("vmf_insert_mixed")) {
      vma.set(VmFlag.MIXEDMAP);
      return 0;
    }
    if (api.startsWith("vm_insert_pages")) {
      return guest.insertion().vmInsertPages(vma, 0, pages, meter);
    }
    if (api.startsWith("vm_insert_page")) {
      return guest.insertion().vmMapPages(vma, pages, 0, meter);
    }
    if (api.startsWith("fault_returns_page")) {
      return 0;
    }
    if (api.endsWith("_page_loop")) {
      for (long page = 0; page < pages; page++) {
        int result = guest.pfnRange().remap(vma, page, 1, address + page * PAGE_SIZE, meter);
        if (result != 0) {
          return result;
        }
      }
      return 0;
    }
    long length = api.endsWith("_half") ? pages / 2 : pages;
    return guest.pfnRange().remap(vma, 0, length, address, meter);
  }

  private LongFunction<VmFault> handler(Meter meter) {
    if (api.endsWith("_io_16")) {
      return page -> {
        for (long each = page; each < Math.min(page + PREFAULT, pages); each++) {
          guest.insertion().vmfInsertPfn(vma, each, address + each * PAGE_SIZE, meter);
        }
        return VmFault.NOPAGE;
      };
    }
    if (isPfn()) {
      return page -> guest.insertion().vmfInsertPfn(vma, page, address + page * PAGE_SIZE, meter);
    }
    if (api.startsWith("vmf_insert_mixed")) {
      return page -> guest.insertion().vmfInsertMixed(vma, page, address + page * PAGE_SIZE, meter);
    }
    return page -> hasHandler() ? VmFault.PAGE : VmFault.SIGBUS;
  }

  /// Reads every page until one gives SIGBUS.
  Ledger read() {
    return touch(false);
  }

  Ledger write() {
    return touch(true);
  }

  private Ledger touch(boolean write) {
    Ledger ledger = new Ledger();
    LongFunction<VmFault> handler = handler(ledger);
    touched = 0;
    while (touched < pages) {
      VmFault answer =
          write
              ? guest.faults().write(vma, touched, handler, ledger)
              : guest.faults().read(vma, touched, handler, ledger);
      if (answer == VmFault.SIGBUS) {
        break;
      }
      touched++;
    }
    return ledger;
  }

  /// The parent's share of a fork; the child ends at once.
  Ledger fork() {
    Ledger ledger = new Ledger();
    mm.fork(ledger).child().ifPresent(child -> child.exit(Meter.NONE));
    return ledger;
  }

  Ledger unmapPageOne() {
    Ledger ledger = new Ledger();
    mm.unmap(vma.start() + 1, 1, ledger);
    return ledger;
  }

  Ledger unmapAll() {
    Ledger ledger = new Ledger();
    mm.unmap(vma.start(), pages, ledger);
    return ledger;
  }
}
