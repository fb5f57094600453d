package org.mapcost.results.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mapcost.benchmarks.mechanism.SyntheticTree;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.iomem.Landmark;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.IntervalPlot;
import org.mapcost.results.chart.IntervalPlot.Form;
import org.mapcost.results.chart.Scale;
import org.mapcost.results.chart.SeriesStyle;
import org.mapcost.results.chart.Tone;
import org.mapcost.results.chart.VisitProfile;
import org.mapcost.results.chart.VisitsByAddress;

/// How many nodes one look-up of a page of the largest BAR visits, by the size of the resource
/// tree, for each way in which kernels walk it: on trees made up to look like real ones, and on
/// those of real machines.
public final class VisitsByTreeSize {
  private static final int LARGEST = 1 << 17;

  /// What real machines are marked with, whatever the walk.
  private static final int HEXAGON = 4;

  private final List<IntervalPlot.Series> series = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Tree> madeUp = new ArrayList<>();
  private final List<Tree> real = new ArrayList<>();

  /// One tree and what a look-up on it visits.
  private record Tree(String name, int nodes, VisitProfile.Piece page) {
    static Optional<Tree> of(String name, ResourceTree tree) {
      Optional<Resource> bar = Landmark.largestBar(tree);
      return bar.map(each -> new Tree(name, tree.size(), VisitProfile.page(tree, each.start())));
    }
  }

  private VisitsByTreeSize() {
    for (int nodes = SyntheticTree.MIN_NODES; nodes <= LARGEST; nodes *= 2) {
      Tree.of("made up", SyntheticTree.ofSize(nodes)).ifPresent(madeUp::add);
    }
    for (BundledTree machine : BundledTree.values()) {
      Tree.of(machine.key(), machine.tree()).ifPresent(real::add);
    }
  }

  /// The chart; it is the same on every host.
  public static Picture of() {
    return new VisitsByTreeSize().picture();
  }

  private Picture picture() {
    for (ResourceWalk walk : VisitProfile.WALKS) {
      SeriesStyle style = SeriesStyle.of(walk.key()).orElseThrow();
      add(walk, VisitsByAddress.label(walk), style, Form.JOINED, madeUp);
    }
    for (ResourceWalk walk : VisitProfile.WALKS) {
      Tone tone = SeriesStyle.of(walk.key()).orElseThrow().tone();
      add(
          walk,
          VisitsByAddress.keys(walk) + " on real machines",
          new SeriesStyle(tone, 0, HEXAGON),
          Form.MARKS,
          real);
    }
    IntervalPlot plot =
        new IntervalPlot(
            "nodes of the resource tree",
            Scale.NUMBERS,
            "nodes visited by one look-up",
            Scale.NUMBERS,
            series,
            List.of());
    return new Picture(
        new Figure(
            "visits-by-tree-size",
            "Nodes visited by one look-up, by the size of the tree",
            "Counted: one page at the start of the largest PCI BAR of each tree",
            "Across: nodes of the tree, logarithmic. Up: nodes visited by one look-up, logarithmic."
                + " On the largest tree, "
                + Numbers.count(LARGEST, "node")
                + ": "
                + largest()
                + "."
                + ModelChart.leftOut(plot.leftOut()),
            new FigureData(List.of("tree", "search", "#nodes", "#visited"), rows),
            plot::plot),
        "Counts, not times: what the model's own search visits. Lines join trees made up to have"
            + " the shape of real ones, with a quarter of the nodes at top level; hexagons are the"
            + " trees of "
            + Numbers.count(real.size(), "real machine")
            + ". w0 goes through the whole tree; w2 through all nodes up to the BAR; w1 and w3 pass"
            + " over the children of what ends before it. Every way grows in proportion to the"
            + " tree.");
  }

  private String largest() {
    return String.join(
        ", ",
        VisitProfile.WALKS.stream()
            .map(walk ->
                VisitsByAddress.keys(walk)
                    + " visits "
                    + Numbers.count(madeUp.getLast().page.visits(walk)))
            .toList());
  }

  private void add(ResourceWalk walk, String name, SeriesStyle style, Form form, List<Tree> trees) {
    List<IntervalPlot.Point> points = new ArrayList<>();
    for (Tree tree : trees) {
      long visits = tree.page.visits(walk);
      points.add(new IntervalPlot.Point(tree.nodes, Interval.exactly((double) visits)));
      rows.add(
          List.of(
              tree.name,
              VisitsByAddress.keys(walk),
              Integer.toString(tree.nodes),
              Long.toString(visits)));
    }
    series.add(new IntervalPlot.Series(name, style, form, points));
  }
}
