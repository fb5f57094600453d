package org.mapcost.results.chart;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.mapcost.model.InputException;
import org.mapcost.results.run.WholeFile;

/// Writes figures to files: SVG (light), PNG (light and dark, two pixels for each) and CSV.
public final class Pictures {
  private static final int PIXELS = 2;

  /// Of compression, from 1 for none to 0 for the smallest file.
  private static final float QUALITY = 0.8f;

  private Pictures() {}

  /// Writes the files of a figure into a folder, which is made if need be. Returns their paths.
  ///
  /// @throws UncheckedIOException where the folder cannot be written
  public static List<Path> write(Figure figure, Path folder) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(".svg", svg(figure, Theme.LIGHT).getBytes(StandardCharsets.UTF_8));
    files.put(".png", png(figure, Theme.LIGHT));
    files.put("-dark.png", png(figure, Theme.DARK));
    files.put(".csv", figure.data().csv().getBytes(StandardCharsets.UTF_8));
    List<Path> paths = new ArrayList<>();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.forEach((ending, bytes) -> {
      Path file = folder.resolve(figure.name() + ending);
      WholeFile.write(file, out -> out.write(bytes));
      paths.add(file);
    });
    return paths;
  }

  /// What stands between a figure's name and its file's ending: nothing, or `-dark`.
  public static String ending(Theme theme) {
    return theme.equals(Theme.LIGHT) ? "" : "-" + theme.name();
  }

  /// Writes one theme of a figure into a folder, which is made if need be: SVG, PNG, its numbers as
  /// CSV and its words as text. Returns their paths.
  ///
  /// @throws InputException where the folder cannot be written
  public static List<Path> write(Figure figure, String meaning, Path folder, Theme theme) {
    String name = figure.name() + ending(theme);
    String words =
        String.join("\n\n", figure.title(), figure.subtitle(), figure.description(), meaning)
            + "\n";
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(name + ".svg", svg(figure, theme).getBytes(StandardCharsets.UTF_8));
    files.put(name + ".png", png(figure, theme));
    files.put(figure.name() + ".csv", figure.data().csv().getBytes(StandardCharsets.UTF_8));
    files.put(figure.name() + ".txt", words.getBytes(StandardCharsets.UTF_8));
    List<Path> paths = new ArrayList<>();
    try {
      Files.createDirectories(folder);
      files.forEach((file, bytes) -> {
        WholeFile.write(folder.resolve(file), out -> out.write(bytes));
        paths.add(folder.resolve(file));
      });
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(
          folder + ": no chart can be written here (" + e.getMessage() + ").", e);
    }
    return paths;
  }

  /// Writes SVG and CSV alone, for a folder that is to stay small.
  ///
  /// @throws UncheckedIOException where the folder cannot be made
  public static void writeVector(Figure figure, Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] svg = svg(figure, Theme.LIGHT).getBytes(StandardCharsets.UTF_8);
    byte[] csv = figure.data().csv().getBytes(StandardCharsets.UTF_8);
    WholeFile.write(folder.resolve(figure.name() + ".svg"), out -> out.write(svg));
    WholeFile.write(folder.resolve(figure.name() + ".csv"), out -> out.write(csv));
  }

  private static String svg(Figure figure, Theme theme) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + Svg.of(figure, theme, Figure.WIDTH, Figure.HEIGHT, Svg.Letters.OUTLINES, figure.name())
        + "\n";
  }

  static byte[] png(Figure figure, Theme theme) {
    Typeface.bundled();
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
    return written(image);
  }

  /// As a PNG file, deflated lightly: charts are flat, and thorough deflation takes twice as long.
  private static byte[] written(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
