package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Estimate;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.tlb.AddressSpace;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.tlb.GlobalAsid;
import org.mapcost.model.tlb.Shootdown;
import org.mapcost.model.units.Pages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The TLB flushes that follow when a program changes what it has mapped.
@Command(
    name = "shootdown",
    description =
        "Which TLB flushes follow when a program changes what it has mapped: who is interrupted,"
            + " and what each CPU drops. Counts are those of all CPUs together.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "mremap flushes once for each page table of 2 MiB that it takes pages from, cow (a write to"
          + " every page of a copy-on-write mapping) once for each page, the others once;"
          + " fork flushes everything.",
      "",
      "Example:",
      "  mapcost shootdown --op munmap --pages 33 --cpus 16 --running 3 --lazy 2 --kernel 6.1"
    })
final class ShootdownCommand implements Runnable {
  @Mixin KernelOptions platform = new KernelOptions();
  @Mixin PricingOptions pricing = new PricingOptions();
  @Mixin RecordFormatOption format = new RecordFormatOption();
  @Spec CommandSpec spec;

  @Option(
      names = "--op",
      paramLabel = "OPERATION",
      defaultValue = "mprotect",
      description = "mprotect, munmap, madvise, mremap, cow or fork (default: ${DEFAULT-VALUE}).")
  String operation = "mprotect";

  @Option(
      names = "--pages",
      paramLabel = "N",
      defaultValue = "1",
      description = "The pages that it is done to (default: ${DEFAULT-VALUE}).")
  long pages = 1;

  @Option(
      names = "--first-page",
      paramLabel = "P",
      defaultValue = "0",
      description =
          "Where in its 2 MiB the range begins, 0 to 511; mremap depends on it (default:"
              + " ${DEFAULT-VALUE}).")
  int firstPage;

  @Option(
      names = "--running",
      paramLabel = "R",
      defaultValue = "0",
      description =
          "CPUs besides the caller's that run a thread of the program (default: ${DEFAULT-VALUE}).")
  int running;

  @Option(
      names = "--lazy",
      paramLabel = "L",
      defaultValue = "0",
      description =
          "CPUs that hold its address space while idle or in a kernel thread (default:"
              + " ${DEFAULT-VALUE}).")
  int lazy;

  @Option(
      names = "--freed-tables",
      description = "Page tables are freed too, so that lazy CPUs must let go of them.")
  boolean freedTables;

  @Option(
      names = "--global-asid",
      description =
          "The program has a global ASID: kernels from 6.15 on broadcast its flushes where CPUs"
              + " have INVLPGB. Without --machine they are taken to have it.")
  boolean globalAsid;

  @Override
  public void run() {
    Shootdown op = Shootdown.ofKey(operation);
    Optional<Machine> on = pricing.machine(platform.set);
    Kernel kernel = platform.kernelBesides(MachineOptions.PREFIX);
    Cpus cpus = cpus(on);
    check(op, cpus);
    if (globalAsid && !GlobalAsid.gives(running + 1)) {
      Mapcost.warnings(spec)
          .println(
              "mapcost: warning: kernels give a global ASID only to programs on more than 3 CPUs.");
    }
    Ledger ledger = new Ledger();
    ledger.enter(op == Shootdown.COW ? Phase.TOUCH : Phase.UNMAP);
    op.charge(
        kernel.tlbFlush(cpus),
        kernel.mremapLazy(),
        new AddressSpace(running, lazy, true, globalAsid),
        firstPage,
        pages,
        freedTables,
        ledger);
    print(op, cpus, kernel, on, ledger);
  }

  private OutputFormat shape() {
    return format.format();
  }

  private Cpus cpus(Optional<Machine> on) {
    Cpus cpus = pricing.cpus(on);
    boolean invlpgb = on.map(chosen -> chosen.has(Parameter.INVLPGB)).orElse(globalAsid);
    return new Cpus(cpus.online(), 0, invlpgb);
  }

  private void check(Shootdown op, Cpus cpus) {
    if (pages < 1) {
      throw new InputException("--pages is at least 1, not " + pages + ".");
    }
    if (firstPage < 0 || firstPage > 511) {
      throw new InputException("--first-page is 0 to 511, not " + firstPage + ".");
    }
    if (running < 0 || lazy < 0 || (long) running + lazy > cpus.others()) {
      throw new InputException(
          "--running %d and --lazy %d are CPUs besides the caller's, of which --cpus %d leaves %d; give more --cpus."
              .formatted(running, lazy, cpus.online(), cpus.others()));
    }
    if (op == Shootdown.COW && pages > 1 << 24) {
      throw new InputException("--pages is at most 16777216 with --op cow.");
    }
  }

  private void print(Shootdown op, Cpus cpus, Kernel kernel, Optional<Machine> on, Ledger ledger) {
    PrintWriter out = spec.commandLine().getOut();
    Optional<Estimate> estimate = PricingOptions.price(on, kernel, ledger);
    if (shape() == OutputFormat.JSON) {
      Map<String, Object> object =
          Json.object(
              "schema",
              "mapcost/shootdown/1",
              "op",
              op.key(),
              "pages",
              pages,
              "kernel",
              kernel.label(),
              "cpus",
              cpus.online(),
              "running",
              running,
              "lazy",
              lazy,
              "freed_tables",
              freedTables,
              "global_asid",
              globalAsid,
              "counts",
              ledger.totals());
      Bill.into(object, estimate);
      out.println(Json.line(object));
      return;
    }
    new Itemised(estimate).column("count", ledger).table().print(shape(), out);
    if (shape() == OutputFormat.TABLE) {
      out.println();
      estimate.ifPresent(price -> out.println("Total: " + Bill.sentence(price.total())));
      out.printf(
          "%s of %s; %d of %s run the program besides the caller, %d hold it lazily. Kernel %s."
              + " Counts are exact.%n",
          op.key(), new Pages(pages), running, pricing.describe(on), lazy, kernel.label());
    }
  }
}
