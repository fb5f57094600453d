package org.mapcost.results.chart;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How one series looks in every chart: its tone, its line and its mark. This is the only place
/// that gives a thing its colour.
///
/// @param tone the colour, in whatever theme
/// @param line which of the line patterns, 0 is solid
/// @param mark which of the marks, 0 is a disc
public record SeriesStyle(Tone tone, int line, int mark) {
  private static final List<Tone> HUES =
      List.of(
          Tone.BLUE,
          Tone.VERMILLION,
          Tone.GREEN,
          Tone.PURPLE,
          Tone.SKY,
          Tone.OLIVE,
          Tone.INDIGO,
          Tone.WINE);

  private static final List<float[]> DASHES =
      List.of(new float[0], new float[] {9, 5}, new float[] {2, 5}, new float[] {12, 4, 2, 4});

  private static final int MARKS = 5;

  /// What is drawn alike everywhere. Walks that visit the same nodes share a style; strategies of
  /// one kind of interface share a hue.
  private static final Map<String, SeriesStyle> FIXED =
      Map.ofEntries(
          Map.entry("w0", new SeriesStyle(Tone.VERMILLION, 0, 2)),
          Map.entry("w1", new SeriesStyle(Tone.BLUE, 0, 0)),
          Map.entry("w2", new SeriesStyle(Tone.GREEN, 1, 1)),
          Map.entry("w3", new SeriesStyle(Tone.BLUE, 0, 0)),
          Map.entry("chase", new SeriesStyle(Tone.NEUTRAL, 0, 3)),
          Map.entry("vm-insert-pfn", new SeriesStyle(Tone.VERMILLION, 0, 2)),
          Map.entry("vm-insert-mixed", new SeriesStyle(Tone.VERMILLION, 0, 1)),
          Map.entry("vm-insert-page", new SeriesStyle(Tone.VERMILLION, 0, 0)),
          Map.entry("vm-insert-pfn-huge", new SeriesStyle(Tone.VERMILLION, 1, 3)),
          Map.entry("ttm-fault", new SeriesStyle(Tone.BLUE, 0, 0)),
          Map.entry("ttm-fault-huge", new SeriesStyle(Tone.BLUE, 1, 2)),
          Map.entry("ttm-fault-range-lookup", new SeriesStyle(Tone.SKY, 0, 1)),
          Map.entry("ttm-fault-io-mapping", new SeriesStyle(Tone.GREEN, 0, 3)),
          Map.entry("ttm-fault-apply-range", new SeriesStyle(Tone.GREEN, 0, 2)),
          Map.entry("io-mapping", new SeriesStyle(Tone.PURPLE, 0, 4)),
          Map.entry("io-mapping-partial", new SeriesStyle(Tone.PURPLE, 0, 3)),
          Map.entry("apply-to-page-range", new SeriesStyle(Tone.PURPLE, 0, 1)),
          Map.entry("remap-pfn-range", new SeriesStyle(Tone.INDIGO, 0, 0)),
          Map.entry("remap-pfn-range-per-chunk", new SeriesStyle(Tone.INDIGO, 0, 1)),
          Map.entry("remap-pfn-range-per-page", new SeriesStyle(Tone.INDIGO, 0, 2)),
          Map.entry("shmem-fault", new SeriesStyle(Tone.OLIVE, 0, 0)),
          Map.entry("udmabuf", new SeriesStyle(Tone.OLIVE, 0, 1)),
          Map.entry("dma-mmap-wc", new SeriesStyle(Tone.OLIVE, 0, 2)),
          Map.entry("cma-heap", new SeriesStyle(Tone.OLIVE, 0, 3)),
          Map.entry("free", new SeriesStyle(Tone.NEUTRAL, 2, 0)),
          Map.entry("everything", new SeriesStyle(Tone.NEUTRAL, 0, 4)),
          Map.entry("sequential", new SeriesStyle(Tone.VERMILLION, 0, 2)),
          Map.entry("concurrent", new SeriesStyle(Tone.BLUE, 0, 0)),
          Map.entry("invlpgb", new SeriesStyle(Tone.GREEN, 0, 1)),
          Map.entry("any flush", new SeriesStyle(Tone.PURPLE, 0, 3)));

  public SeriesStyle {
    if (line < 0 || line >= DASHES.size() || mark < 0 || mark >= MARKS) {
      throw new IllegalArgumentException("no line " + line + " or no mark " + mark);
    }
  }

  /// The style of a thing that is the same in every chart: a walk behaviour, the pointer chase, a
  /// strategy, a form of flush.
  public static Optional<SeriesStyle> of(String key) {
    return Optional.ofNullable(FIXED.get(key));
  }

  /// The style of the nth series of a chart whose series have no fixed one: hues first, then hues
  /// with other lines and marks. 160 differ.
  public static SeriesStyle nth(int n) {
    int round = n / HUES.size();
    return new SeriesStyle(HUES.get(n % HUES.size()), round % DASHES.size(), round % MARKS);
  }

  /// A line of a width in pixels.
  public Stroke stroke(float width) {
    float[] dash = DASHES.get(line);
    return dash.length == 0
        ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
  }

  /// A mark that reaches `r` pixels from its centre.
  public Shape mark(double r) {
    return switch (mark) {
      case 0 -> new Ellipse2D.Double(-r, -r, 2 * r, 2 * r);
      case 1 -> new Rectangle2D.Double(-0.86 * r, -0.86 * r, 1.72 * r, 1.72 * r);
      case 2 -> polygon(r, 3);
      case 3 -> polygon(r, 4);
      default -> polygon(r, 6);
    };
  }

  private static Shape polygon(double r, int corners) {
    Path2D.Double path = new Path2D.Double();
    for (int i = 0; i < corners; i++) {
      double angle = 2 * Math.PI * i / corners;
      double x = 1.15 * r * Math.sin(angle);
      double y = -1.15 * r * Math.cos(angle);
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    path.closePath();
    return path;
  }
}
