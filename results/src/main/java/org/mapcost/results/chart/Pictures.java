package org.mapcost.results.chart;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/// Writes figures to files: SVG (light), PNG (light and dark, two pixels for each) and CSV.
public final class Pictures {
  private static final int PIXELS = 2;

  private Pictures() {}

  /// Writes the files of a figure into a folder, which is made if need be. Returns their paths.
  public static List<Path> write(Figure figure, Path folder) {
    Path svg = folder.resolve(figure.name() + ".svg");
    Path png = folder.resolve(figure.name() + ".png");
    Path dark = folder.resolve(figure.name() + "-dark.png");
    Path csv = folder.resolve(figure.name() + ".csv");
    WholeFile.write(
        svg,
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + Svg.of(
                    figure,
                    Theme.LIGHT,
                    Figure.WIDTH,
                    Figure.HEIGHT,
                    Svg.Letters.OUTLINES,
                    figure.name())
                + "\n")
            .getBytes(StandardCharsets.UTF_8));
    WholeFile.write(png, png(figure, Theme.LIGHT));
    WholeFile.write(dark, png(figure, Theme.DARK));
    WholeFile.write(csv, figure.data().csv().getBytes(StandardCharsets.UTF_8));
    return List.of(svg, png, dark, csv);
  }

  static byte[] png(Figure figure, Theme theme) {
    BufferedImage image =
        new BufferedImage(
            PIXELS * Figure.WIDTH, PIXELS * Figure.HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g2 = image.createGraphics();
    g2.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g2.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g2.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    g2.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g2.scale(PIXELS, PIXELS);
    figure.draw(g2, theme, Figure.WIDTH, Figure.HEIGHT);
    g2.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
