package org.mapcost.model.lab;

import static org.mapcost.model.lab.Recording.Part.COUNTS;
import static org.mapcost.model.lab.Recording.Part.OTHER;

import java.util.ArrayList;
import java.util.List;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.tlb.AddressSpace;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.tlb.Shootdown;
import org.mapcost.model.tlb.TlbFlush;
import tools.jackson.databind.JsonNode;

/// F: every mprotect, munmap, madvise, mremap, copy on write and fork, with helper threads that run
/// or sleep on the other CPUs.
///
/// Taken over from the recording, for it depends on what no recording says: how many CPUs without a
/// helper thread still held the address space lazily (those that switched it off when asked), into
/// which pieces mremap cut its range at 2 MiB boundaries, and how many pages of its own stack a
/// forking process copied.
final class ShootdownReplay implements Replay {

  @Override
  public List<ComparedCall> replay(Recording recording, Coverage coverage) {
    Kernel kernel = recording.kernel();
    TlbFlush tlb = kernel.tlbFlush(Cpus.running(recording.cpus()));
    List<ComparedCall> calls = new ArrayList<>();
    for (JsonNode test : recording.need(recording.data(), "tests")) {
      calls.add(compare(recording, coverage, kernel, tlb, test));
    }
    return calls;
  }

  private static ComparedCall compare(
      Recording recording, Coverage coverage, Kernel kernel, TlbFlush tlb, JsonNode test) {
    FlushTrace trace = FlushTrace.of(test);
    Ledger ledger = new Ledger();
    perform(recording, kernel, tlb, test, trace, ledger);
    boolean fork = test.path("op").asString().equals("fork");
    long othersPages =
        fork
            ? trace.pages(FlushTrace.REMOTE)
            : recording.count(coverage, test, OTHER, Event.TLB_INVALIDATE_PAGE);
    long othersFull =
        fork
            ? trace.full(FlushTrace.REMOTE)
            : recording.count(coverage, test, OTHER, Event.TLB_INVALIDATE_FULL);
    long handlers =
        fork
            ? trace.count(FlushTrace.REMOTE) + trace.count(FlushTrace.LET_GO)
            : recording.count(coverage, test, OTHER, Event.IPI);
    return new ComparedCall.Builder(test.path("test").asString())
        .put(
            "tlb_round",
            recording.count(coverage, test, COUNTS, Event.TLB_ROUND_RANGED),
            ledger.total(Event.TLB_ROUND_RANGED) + ledger.total(Event.TLB_ROUND_FULL))
        .put(
            Event.TLB_INVALIDATE_PAGE.key(),
            recording.count(coverage, test, COUNTS, Event.TLB_INVALIDATE_PAGE) + othersPages,
            ledger.total(Event.TLB_INVALIDATE_PAGE))
        .put(
            Event.TLB_INVALIDATE_FULL.key(),
            recording.count(coverage, test, COUNTS, Event.TLB_INVALIDATE_FULL) + othersFull,
            ledger.total(Event.TLB_INVALIDATE_FULL))
        .put(Event.IPI.key(), handlers, ledger.total(Event.IPI))
        .build();
  }

  private static void perform(
      Recording recording,
      Kernel kernel,
      TlbFlush tlb,
      JsonNode test,
      FlushTrace trace,
      Ledger ledger) {
    long pages = test.path("pages").asLong();
    AddressSpace mm = addressSpace(test, trace);
    switch (test.path("op").asString()) {
      case "mprotect_ro", "mprotect_rw" ->
          charge(Shootdown.MPROTECT, kernel, tlb, mm, pages, ledger);
      case "munmap" -> charge(Shootdown.MUNMAP, kernel, tlb, mm, pages, ledger);
      case "dontneed" -> charge(Shootdown.MADVISE, kernel, tlb, mm, pages, ledger);
      case "mremap" ->
          trace
              .pieces(pages)
              .forEach(piece -> charge(Shootdown.MREMAP, kernel, tlb, mm, piece, ledger));
      case "cow" -> charge(Shootdown.COW, kernel, tlb, mm, pages, ledger);
      case "fork" -> {
        charge(Shootdown.FORK, kernel, tlb, mm, pages, ledger);
        long copied = test.path("counts").path("ptep_clear_flush").asLong();
        if (copied > 0) {
          AddressSpace left = AddressSpace.shared(mm.running(), 0);
          charge(Shootdown.COW, kernel, tlb, left, copied, ledger);
        }
      }
      default ->
          throw new InputException(
              recording.file()
                  + ": '"
                  + test.path("op").asString()
                  + "' is no operation of scenario F; known are mprotect_ro, mprotect_rw, munmap,"
                  + " dontneed, mremap, cow and fork.");
    }
  }

  private static AddressSpace addressSpace(JsonNode test, FlushTrace trace) {
    int threads = test.path("threads").asInt();
    return switch (test.path("threads_mode").asString()) {
      case "spin" -> AddressSpace.shared(threads, 0);
      case "sleep" -> AddressSpace.shared(0, threads);
      default -> AddressSpace.shared(0, trace.count(FlushTrace.LET_GO));
    };
  }

  private static void charge(
      Shootdown call, Kernel kernel, TlbFlush tlb, AddressSpace mm, long pages, Ledger ledger) {
    call.charge(tlb, kernel.mremapLazy(), mm, 0, pages, false, ledger);
  }
}
