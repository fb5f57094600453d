package org.mapcost.results.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.Svg;
import org.mapcost.results.chart.Theme;
import org.mapcost.results.chart.Tone;
import org.mapcost.results.chart.Typeface;

/// Lays a report out as one HTML file that needs nothing else: styles, letters and pictures are in
/// it. It has no script, and every text that comes from outside is escaped by the template.
public final class Html {
  /// A picture for narrow screens and its shape.
  private static final int NARROW_WIDTH = 560;

  private static final int NARROW_HEIGHT = 620;

  /// Longer tables are cut in the page; the CSV beside it has all rows.
  private static final int MOST_ROWS = 300;

  private static final Pattern SPECIAL =
      Pattern.compile(
          "\\[\\S+ \\S+ \\S+\\](?:"
              + " (?:ns|µs|ms|s)\\b)?|\\b(?:instructions|prices|core|caches|memory)\\.[a-z_0-9]+\\b"
              + "|\\b[a-z]+_[a-z_]+\\b|/proc/\\w+|\\b0x[0-9a-f]+\\b");

  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, null, "org.mapcost.results.report.templates");

  private Html() {}

  /// The page as text.
  static String of(Page page) {
    StringOutput out = new StringOutput();
    ENGINE.render("report.jte", page, out);
    return out.toString();
  }

  /// The style sheet of the page: both themes, the letters, and the pictures' change of colours.
  public static String style() {
    return "@font-face{font-family:Roboto;font-weight:400;src:url(%s)}\n"
            .formatted(font(Typeface.Weight.REGULAR))
        + "@font-face{font-family:\"Roboto Bold\";src:url(%s)}\n"
            .formatted(font(Typeface.Weight.BOLD))
        + ":root{%s}\n".formatted(variables(Theme.LIGHT))
        + resource("page.css")
        + "@media screen and (prefers-color-scheme: dark){\n:root{%s}\n%s}\n"
            .formatted(variables(Theme.DARK), Svg.recolour("figure svg", Theme.LIGHT, Theme.DARK));
  }

  /// A stretch of text.
  ///
  /// @param kind the class it is shown in: `code`, `whole` (not to be broken over two lines) or
  ///   none
  public record Stretch(String text, String kind) {}

  /// Splits a text at what has a look of its own: names of the kernel, addresses, and numbers that
  /// belong together.
  public static List<Stretch> stretches(String text) {
    List<Stretch> stretches = new ArrayList<>();
    Matcher special = SPECIAL.matcher(text);
    int done = 0;
    while (special.find()) {
      stretches.add(new Stretch(text.substring(done, special.start()), ""));
      stretches.add(
          new Stretch(special.group(), special.group().startsWith("[") ? "whole" : "code"));
      done = special.end();
    }
    stretches.add(new Stretch(text.substring(done), ""));
    stretches.removeIf(each -> each.text.isEmpty());
    return stretches;
  }

  /// The picture for wide screens.
  public static String wide(Figure figure) {
    return Svg.of(
        figure,
        Theme.LIGHT,
        Figure.WIDTH,
        Figure.HEIGHT,
        Svg.Letters.TEXT,
        figure.name() + "-wide");
  }

  /// The picture for narrow screens: letters of the same size on a smaller ground.
  public static String narrow(Figure figure) {
    return Svg.of(
        figure,
        Theme.LIGHT,
        NARROW_WIDTH,
        NARROW_HEIGHT,
        Svg.Letters.TEXT,
        figure.name() + "-narrow");
  }

  public static int mostRows() {
    return MOST_ROWS;
  }

  private static String font(Typeface.Weight weight) {
    return "data:font/ttf;base64," + Base64.getEncoder().encodeToString(weight.bytes());
  }

  private static String variables(Theme theme) {
    StringBuilder css = new StringBuilder("color-scheme:" + theme.name() + ";");
    for (Tone tone : Tone.values()) {
      css.append("--")
          .append(tone.name().toLowerCase(Locale.ROOT))
          .append(':')
          .append(theme.hex(tone))
          .append(';');
    }
    return css.toString();
  }

  private static String resource(String name) {
    try (InputStream in = Html.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
