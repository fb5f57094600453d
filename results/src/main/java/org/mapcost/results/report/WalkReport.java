package org.mapcost.results.report;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.units.Bytes;
import org.mapcost.model.units.Pages;
import org.mapcost.results.chart.Scale;
import org.mapcost.results.figure.Numbers;
import org.mapcost.results.run.Environment;

/// The report on the resource walk: what one look-up visits on a machine's tree, and what a visited
/// node costs.
final class WalkReport {
  /// The buffer of the answer's example.
  private static final Bytes BUFFER = new Bytes(64L << 20);

  private final ReportInput input;
  private final PriceSection price;
  private final VisitSection visits;

  private WalkReport(ReportInput input) {
    this.input = input;
    this.price =
        PriceSection.of(WalkPoint.of(input.measurements()), Caches.of(input.environment()));
    this.visits = VisitSection.of(input.tree(), input.where(), price::node);
  }

  static Page page(ReportInput input) {
    WalkReport report = new WalkReport(input);
    List<Supplier<Page.Section>> sections =
        List.of(
            report::question,
            report::answer,
            report.visits::section,
            report.price::section,
            () -> ModelSection.of(input),
            () -> ProofSection.of(input.proof()),
            () -> HostSections.limits(input, report.limits()),
            () -> HostSections.environment(input.environment()),
            () -> HostSections.reproduce(input));
    return new Page(
        "What the resource walk costs",
        report.facts(),
        sections.parallelStream().map(Supplier::get).toList());
  }

  private List<String> facts() {
    Environment host = input.environment();
    return List.of(
        "Tree: " + input.where() + ", " + Numbers.count(input.tree().size(), "node"),
        "Measured on: "
            + host.cpuModel().orElse("a processor without a name")
            + ", "
            + host.cpu().logical()
            + " CPUs"
            + (host.hypervisor() != null && host.hypervisor().flag() ? ", virtual machine" : ""),
        "Measured at: " + host.time() + ", mapcost " + host.mapcost().version());
  }

  private Page.Section question() {
    return new Page.Section(
        "question",
        "The question",
        List.of(
            new Block.Text(
                "A driver maps device memory into a process page by page with vm_insert_pfn. For"
                    + " every page x86 Linux checks the memory type (PAT), and for that it walks"
                    + " the tree of physical address ranges to learn whether the page is RAM. What"
                    + " does this walk cost on this tree, in which kernels, and how sure is"
                    + " that?")));
  }

  private Page.Section answer() {
    List<String> answer = new ArrayList<>();
    answer.add(
        "On the tree of %s, one look-up of a page of %s visits %s."
            .formatted(input.where(), visits.place().what(), visits.countsInWords()));
    answer.addAll(inTime());
    return new Page.Section("answer", "The answer", List.of(new Block.Answer(answer)));
  }

  private List<String> inTime() {
    NodePrice near = price.prices().get(Caches.Level.L1);
    if (near == null) {
      return List.of(
          price.points().isEmpty()
              ? "This run timed no walk, so it says nothing about nanoseconds."
              : "No timed walk has a footprint that is known to fit the first cache, so no time is"
                  + " given for it.");
    }
    List<String> answer = new ArrayList<>();
    if (near.forks() < 2) {
      answer.add(
          "A visited node took %s ns with the nodes in the first cache (one fork, not comparable)."
              .formatted(Numbers.plain(near.walk().best())));
      return answer;
    }
    answer.add(
        "Timed in Java on the measuring host, a visited node costs %s ns while the nodes lie in the"
                .formatted(Numbers.interval(near.walk()))
            + " first cache%s."
                .formatted(
                    near.ratio()
                        .map(ratio ->
                            ", " + Numbers.interval(ratio) + " times a plain pointer chase")
                        .orElse("")));
    if (near.ratio().filter(ratio -> ratio.contains(1)).isPresent()) {
      answer.add(
          "That range holds 1: this run cannot tell the search from the chase; more forks on a"
              + " quieter host can.");
    }
    NodePrice far = price.prices().get(Caches.Level.BEYOND);
    if (far != null && far.forks() >= 2) {
      answer.add(
          "Beyond the caches it costs %s ns, %s times the chase."
              .formatted(
                  Numbers.interval(far.walk()),
                  far.ratio().map(Numbers::interval).orElse("an unknown number of")));
    }
    Optional<Interval> repaired = visits.expected(ResourceWalk.W3);
    Optional<Interval> whole = visits.expected(ResourceWalk.W2);
    if (repaired.isPresent() && whole.isPresent()) {
      long pages = BUFFER.value() / Pages.PAGE_SIZE;
      answer.add(
          "Count times price: one such look-up walks for %s on kernel 6.1 and %s on 6.1.0; %s of such"
                  .formatted(
                      Numbers.time(repaired.get()),
                      Numbers.time(whole.get()),
                      Scale.size(BUFFER.value()))
              + " pages, %s look-ups, for %s and %s, with hot nodes."
                  .formatted(
                      Numbers.count(pages),
                      Numbers.time(repaired.get().times((double) pages)),
                      Numbers.time(whole.get().times((double) pages))));
    }
    return answer;
  }

  private List<String> limits() {
    List<String> limits = new ArrayList<>();
    if (!input.ownHost()) {
      limits.add(
          "The tree is that of "
              + input.where()
              + ", not the measuring host's: counts are of the one, nanoseconds of the other.");
    }
    limits.add(
        "Counts are exact for the search as each kernel does it; 'recorded' means seen node by node"
            + " in a running kernel, 'read' in its source, 'inferred' concluded from other"
            + " versions.");
    limits.add(
        "Nanoseconds are of the same search written in Java, not of the kernel's machine code; the"
            + " ratio to the pointer chase carries further than the nanoseconds.");
    limits.add(
        "The benchmark asks for the same page again and again: nodes are as near as their footprint"
            + " allows and branches are predicted. A kernel that did other work in between pays"
            + " more.");
    Set<Caches.Level> missing = EnumSet.allOf(Caches.Level.class);
    missing.removeAll(price.prices().keySet());
    if (!missing.isEmpty()) {
      limits.add(
          "No walk of this run has its nodes in: "
              + VisitSection.list(missing.stream().map(Caches.Level::label).toList())
              + ".");
    }
    if (!visits.profile().exact()) {
      limits.add(
          "The tree is so large that only %s pages were asked; the chart may miss steps."
              .formatted(Numbers.count(visits.profile().asked())));
    }
    return limits;
  }
}
