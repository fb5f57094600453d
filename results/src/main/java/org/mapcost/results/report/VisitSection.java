package org.mapcost.results.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.iomem.Landmark;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.kernel.Behaviour;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.Scale;
import org.mapcost.results.chart.VisitProfile;
import org.mapcost.results.chart.VisitsByAddress;
import org.mapcost.results.figure.Numbers;

/// How many nodes a look-up visits on one tree: exact, and the same on every host.
record VisitSection(
    ResourceTree tree, String where, VisitProfile profile, Place place, PriceOf price) {
  private static final int NODE_BYTES = 64;

  /// The address that the answer speaks of.
  ///
  /// @param what there is, to follow "a page of"
  record Place(String what, long address) {
    /// The largest PCI BAR; in a tree without one the page with most visits.
    static Place of(ResourceTree tree, VisitProfile profile) {
      Optional<Resource> bar =
          Landmark.largestBar(tree).filter(each -> each.start() >= profile.start());
      return bar.map(each ->
              new Place(
                  "the largest PCI BAR (%s, %s at 0x%x)"
                      .formatted(
                          each.name(), Scale.size(each.end() - each.start() + 1), each.start()),
                  each.start()))
          .orElseGet(() -> {
            VisitProfile.Piece most =
                profile.pieces().stream()
                    .max(Comparator.comparingLong(each -> each.visits(ResourceWalk.W1)))
                    .orElseThrow();
            return new Place(
                "the range that costs most (at 0x%x; the tree names no PCI BAR)"
                    .formatted(most.start()),
                most.start());
          });
    }
  }

  /// The measured price of a node at a footprint, if there is one.
  @FunctionalInterface
  interface PriceOf {
    Optional<Interval> node(double footprintBytes);
  }

  static VisitSection of(ResourceTree tree, String where, PriceOf price) {
    VisitProfile profile = VisitProfile.of(tree);
    return new VisitSection(tree, where, profile, Place.of(tree, profile), price);
  }

  Page.Section section() {
    return new Page.Section(
        "visits",
        "What one look-up visits",
        List.of(
            new Block.Text(
                "Before vm_insert_pfn maps a page, the kernel asks whether that page is RAM. It"
                    + " finds out by searching the tree behind /proc/iomem from its first node. How"
                    + " many nodes it compares depends on the address and on the kernel: some go"
                    + " through every node (w0, w2), some pass over the children of what ends"
                    + " before the address (w1, w3)."),
            new Block.Picture(
                VisitsByAddress.of(tree, where, profile),
                "Each line is one way of searching. Addresses grow to the right by factors of two,"
                    + " so low addresses take most of the width. The counts come from the model's"
                    + " own search, asked once between every two places where a node begins or"
                    + " ends."),
            byKernel(),
            byPlace()));
  }

  /// `27 nodes on kernel 4.19; 12 on 5.11, 6.1 and 7.2; 20 on 6.1.0`.
  String countsInWords() {
    VisitProfile.Piece page = VisitProfile.page(tree, place.address);
    Map<Long, List<String>> kernels = new LinkedHashMap<>();
    for (Kernel kernel : Kernels.all()) {
      kernels
          .computeIfAbsent(page.visits(kernel.resourceWalk()), _ -> new ArrayList<>())
          .add(kernel.name());
    }
    List<String> parts = new ArrayList<>();
    kernels.forEach((visits, names) ->
        parts.add(
            parts.isEmpty()
                ? Numbers.count(visits, "node") + " on kernel " + list(names)
                : Numbers.count(visits) + " on " + list(names)));
    return String.join("; ", parts);
  }

  /// The time of the walks of one look-up at the place: count times price.
  Optional<Interval> expected(ResourceWalk walk) {
    long visits = VisitProfile.page(tree, place.address).visits(walk);
    return price.node((double) visits * NODE_BYTES).map(node -> node.times((double) visits));
  }

  private Block byKernel() {
    List<List<String>> rows = new ArrayList<>();
    VisitProfile.Piece page = VisitProfile.page(tree, place.address);
    for (Kernel kernel : Kernels.all()) {
      ResourceWalk walk = kernel.resourceWalk();
      rows.add(
          List.of(
              kernel.name(),
              walk.key(),
              kernel.setting(Behaviour.RESOURCE_WALK).evidence().key(),
              Numbers.count(page.visits(walk)),
              expected(walk).map(Numbers::time).orElse("no price measured")));
    }
    return new Block.Grid(
        "One look-up of a page of "
            + place.what
            + ", by kernel. Time is count times measured price.",
        new FigureData(
            List.of(
                "kernel", "search", "how it is known", "#nodes visited", "#time [low best high]"),
            rows),
        false);
  }

  private Block byPlace() {
    List<List<String>> rows = new ArrayList<>();
    for (Landmark landmark : Landmark.of(tree)) {
      VisitProfile.Piece page = VisitProfile.page(tree, landmark.address().value());
      List<String> row = new ArrayList<>(List.of(landmark.name(), landmark.address().toString()));
      VisitProfile.WALKS.forEach(walk -> row.add(Numbers.count(page.visits(walk))));
      rows.add(row);
    }
    List<String> columns = new ArrayList<>(List.of("place", "address"));
    VisitProfile.WALKS.forEach(walk -> columns.add("#" + VisitsByAddress.keys(walk)));
    return new Block.Grid(
        "Nodes visited by one look-up at telling places of this tree, by way of searching.",
        new FigureData(columns, rows),
        false);
  }

  /// `a, b and c`.
  static String list(List<String> parts) {
    if (parts.size() < 2) {
      return String.join("", parts);
    }
    return parts.subList(0, parts.size() - 1).stream().collect(Collectors.joining(", "))
        + " and "
        + parts.getLast();
  }
}
