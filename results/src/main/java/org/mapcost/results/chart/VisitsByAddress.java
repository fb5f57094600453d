package org.mapcost.results.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeriesCollection;
import org.mapcost.model.iomem.Landmark;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.pat.Ram;

/// The figure of how many nodes one look-up visits, over the whole physical address range of a
/// tree, for each way in which kernels walk it.
public final class VisitsByAddress {
  private static final float LINE = 3;

  /// W0 lies below W2, and they coincide over much of most trees: it shows on both sides.
  private static final float LINE_BELOW = 5;

  private VisitsByAddress() {}

  /// Makes the figure.
  ///
  /// @param where what the tree was read from
  public static Figure of(ResourceTree tree, String where, VisitProfile profile) {
    Optional<Resource> bar =
        Landmark.largestBar(tree).filter(each -> each.start() >= profile.start());
    return new Figure(
        "visits-by-address",
        "Nodes visited by one look-up, by physical address",
        String.format(Locale.ROOT, "%,d nodes of %s; System RAM is shaded", tree.size(), where),
        describe(profile, bar),
        data(profile),
        theme -> plot(theme, profile, bar));
  }

  /// A way of searching, with those that visit the same nodes: `w1 = w3`.
  public static String keys(ResourceWalk walk) {
    return alike(walk).stream().map(ResourceWalk::key).collect(Collectors.joining(" = "));
  }

  /// The same with its kernels: `w1 = w3 (kernel 5.11, 6.1, 7.2)`.
  public static String label(ResourceWalk walk) {
    String kernels =
        Kernels.all().stream()
            .filter(kernel -> alike(walk).contains(kernel.resourceWalk()))
            .map(Kernel::name)
            .collect(Collectors.joining(", "));
    return keys(walk) + (kernels.isEmpty() ? "" : " (kernel " + kernels + ")");
  }

  private static List<ResourceWalk> alike(ResourceWalk walk) {
    return walk == ResourceWalk.W1 || walk == ResourceWalk.W3
        ? List.of(ResourceWalk.W1, ResourceWalk.W3)
        : List.of(walk);
  }

  private static XYPlot plot(Theme theme, VisitProfile profile, Optional<Resource> bar) {
    ValueAxis x =
        Axes.span(
            "physical address", Scale.BYTES, (double) profile.start(), (double) profile.end());
    // Room at the top for the name of the BAR.
    ValueAxis y =
        Axes.counts(
            "nodes visited by one look-up", (double) profile.most(), bar.isPresent() ? 1.13 : 1.06);
    XYPlot plot = Axes.plot(theme, x, y);
    plot.setDomainGridlinesVisible(false);
    XYSeriesCollection lines = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setDrawSeriesLineAsPath(true);
    LegendItemCollection legend = new LegendItemCollection();
    for (ResourceWalk walk : VisitProfile.WALKS) {
      SeriesStyle style = SeriesStyle.of(walk.key()).orElseThrow();
      int series = lines.getSeriesCount();
      lines.addSeries(Stairs.of(profile, walk));
      renderer.setSeriesPaint(series, theme.of(style.tone()));
      float width = walk == ResourceWalk.W0 ? LINE_BELOW : LINE;
      renderer.setSeriesStroke(series, style.stroke(width));
      legend.add(Legends.line(label(walk), theme, style, width));
    }
    plot.setDataset(lines);
    plot.setRenderer(renderer);
    List<long[]> ram = ram(profile);
    for (long[] piece : ram) {
      IntervalMarker shade = new IntervalMarker(piece[0], piece[1], theme.shade(1));
      shade.setAlpha(1);
      plot.addDomainMarker(shade, Layer.BACKGROUND);
    }
    if (!ram.isEmpty()) {
      legend.add(Legends.area("System RAM", theme, theme.shade(1)));
    }
    bar.ifPresent(each -> plot.addDomainMarker(barMarker(theme, each, profile), Layer.BACKGROUND));
    plot.setFixedLegendItems(legend);
    return plot;
  }

  private static ValueMarker barMarker(Theme theme, Resource bar, VisitProfile profile) {
    ValueMarker marker = new ValueMarker(bar.start(), theme.of(Tone.NEUTRAL), Figure.hairline());
    double middle = Math.sqrt((double) profile.start() * profile.end());
    boolean toTheLeft = bar.start() > middle;
    marker.setLabel("largest PCI BAR " + Scale.size(bar.end() - bar.start() + 1));
    marker.setLabelFont(Typeface.bundled().regular(Figure.SMALL));
    marker.setLabelPaint(theme.of(Tone.MUTED));
    marker.setLabelBackgroundColor(theme.nothing());
    marker.setLabelAnchor(toTheLeft ? RectangleAnchor.TOP_LEFT : RectangleAnchor.TOP_RIGHT);
    marker.setLabelTextAnchor(toTheLeft ? TextAnchor.TOP_RIGHT : TextAnchor.TOP_LEFT);
    return marker;
  }

  /// The pieces of RAM, neighbours joined.
  private static List<long[]> ram(VisitProfile profile) {
    List<long[]> ram = new ArrayList<>();
    for (VisitProfile.Piece piece : profile.pieces()) {
      if (piece.ram() != Ram.NO) {
        if (!ram.isEmpty() && ram.getLast()[1] == piece.start()) {
          ram.getLast()[1] = piece.end();
        } else {
          ram.add(new long[] {piece.start(), piece.end()});
        }
      }
    }
    return ram;
  }

  private static String describe(VisitProfile profile, Optional<Resource> bar) {
    StringBuilder text =
        new StringBuilder(
            "Across: physical addresses from %s to %s, logarithmic. Up: nodes of the resource tree that the look-up of one page visits, from 0 to %d."
                .formatted(Scale.size(profile.start()), Scale.size(profile.end()), profile.most()));
    for (ResourceWalk walk : VisitProfile.WALKS) {
      VisitProfile.Piece most =
          profile.pieces().stream()
              .max(Comparator.comparingLong(each -> each.visits(walk)))
              .orElseThrow();
      text.append(
          " %s: %d to %d nodes, most at 0x%x."
              .formatted(
                  label(walk),
                  profile.pieces().stream().mapToLong(each -> each.visits(walk)).min().orElse(0),
                  most.visits(walk),
                  most.start()));
    }
    bar.ifPresent(each ->
        text.append(
            " The largest PCI BAR (%s, %s) begins at 0x%x."
                .formatted(each.name(), Scale.size(each.end() - each.start() + 1), each.start())));
    text.append(
        profile.exact()
            ? " One page was asked between every two places where a node begins or ends, so nothing"
                + " is missed."
            : " The tree is too large to ask every piece; %d pages were asked, evenly over its boundaries, and the line may miss steps between them."
                .formatted(profile.asked()));
    return text.toString();
  }

  private static FigureData data(VisitProfile profile) {
    List<List<String>> rows = new ArrayList<>();
    for (VisitProfile.Piece piece : profile.pieces()) {
      rows.add(
          List.of(
              "0x%x".formatted(piece.start()),
              "0x%x".formatted(piece.end()),
              piece.ram().key(),
              String.valueOf(piece.visits(ResourceWalk.W0)),
              String.valueOf(piece.visits(ResourceWalk.W1)),
              String.valueOf(piece.visits(ResourceWalk.W2))));
    }
    return new FigureData(
        List.of(
            "start", "end (exclusive)", "ram", "#w0 (nodes)", "#w1 and w3 (nodes)", "#w2 (nodes)"),
        rows);
  }
}
