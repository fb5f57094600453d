package org.mapcost.results.chart;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.Supplier;
import org.mapcost.model.InputException;

/// The letters of charts and pages: Roboto, which comes with mapcost, so that a chart is the same
/// on every host.
///
/// Java's own drawing still asks the host's fontconfig and FreeType; where these are missing, every
/// chart fails with a sentence that names them.
public record Typeface(Font regular, Font bold) {
  /// Which of the two files.
  public enum Weight {
    REGULAR("Roboto-Regular-subset.ttf"),
    BOLD("Roboto-Bold-subset.ttf");

    private final String file;

    Weight(String file) {
      this.file = file;
    }

    /// The font file, TrueType.
    public byte[] bytes() {
      try (InputStream in = Typeface.class.getResourceAsStream(file)) {
        return Objects.requireNonNull(in, file).readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Holder {
    static final Typeface LOADED =
        available(() -> new Typeface(font(Weight.REGULAR), font(Weight.BOLD)));
  }

  /// The bundled typeface. Throws [InputException] where the host lacks what Java needs to draw.
  public static Typeface bundled() {
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
    try {
      return Holder.LOADED;
    } catch (ExceptionInInitializerError e) {
      if (e.getCause() instanceof InputException missing) {
        throw missing;
      }
      throw e;
    } catch (NoClassDefFoundError e) {
      throw missing(e);
    }
  }

  /// Regular letters of a size in pixels.
  public Font regular(double size) {
    return regular.deriveFont((float) size);
  }

  /// Bold letters of a size in pixels.
  public Font bold(double size) {
    return bold.deriveFont((float) size);
  }

  /// What AWT throws without its libraries is no one class: linkage errors, internal errors and
  /// plain runtime exceptions are all seen.
  static Typeface available(Supplier<Typeface> loading) {
    try {
      Typeface typeface = loading.get();
      Graphics2D probe = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
      try {
        probe.getFontMetrics(typeface.regular(12)).stringWidth("ns");
      } finally {
        probe.dispose();
      }
      return typeface;
    } catch (LinkageError | InternalError | RuntimeException e) {
      throw missing(e);
    }
  }

  private static InputException missing(Throwable e) {
    return new InputException(
        "no chart can be drawn: Java finds no fontconfig or FreeType here; install them"
            + " (Debian, Ubuntu: apt-get install fontconfig libfreetype6).",
        e);
  }

  private static Font font(Weight weight) {
    try {
      return Font.createFont(Font.TRUETYPE_FONT, new ByteArrayInputStream(weight.bytes()));
    } catch (FontFormatException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
