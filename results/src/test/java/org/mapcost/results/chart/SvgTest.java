package org.mapcost.results.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapcost.model.cost.Interval;
import org.w3c.dom.Document;

/// Guards that a picture is alike on every host and in both themes, can share a page with others,
/// and says in words what it shows.
class SvgTest {
  private static final Pattern COLOUR = Pattern.compile("(?:fill|stroke)=\"([^\"]*)\"");
  private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");

  private static final Figure FIGURE =
      new Figure(
          "odd",
          "<script>alert(1)</script>",
          "sub & title",
          "\"words\" & <tags>",
          new FigureData(List.of("a"), List.of()),
          new IntervalPlot(
                  "x",
                  Scale.NUMBERS,
                  "y",
                  Scale.TIME,
                  List.of(
                      new IntervalPlot.Series(
                          "s",
                          SeriesStyle.nth(2),
                          IntervalPlot.Form.JOINED,
                          List.of(
                              new IntervalPlot.Point(1, new Interval(1, 2, 3)),
                              new IntervalPlot.Point(100, new Interval(2, 3, 4))))),
                  List.of(new IntervalPlot.Band("band", "b", 0, 10)))
              ::plot);

  @Test
  void everyColourIsOneOfTheTheme() {
    Set<String> known =
        Arrays.stream(Tone.values()).map(Theme.LIGHT::hex).collect(Collectors.toSet());
    // The generator's defaults on the outermost element, which every drawing overrides.
    known.addAll(Set.of("none", "black"));
    assertThat(colours(Theme.LIGHT)).isSubsetOf(known).contains(Theme.LIGHT.hex(Tone.GREEN));
  }

  @Test
  void theStyleRulesTurnOneThemeIntoTheOther() {
    String rules = Svg.recolour("svg", Theme.LIGHT, Theme.DARK);
    String light = Svg.of(FIGURE, Theme.LIGHT, 400, 300, Svg.Letters.TEXT, "a");
    String dark = Svg.of(FIGURE, Theme.DARK, 400, 300, Svg.Letters.TEXT, "a");
    Matcher rule = Pattern.compile("\\[(\\w+)=\"(#\\w+)\"]\\{\\w+:(#\\w+)}").matcher(rules);
    String turned = light;
    while (rule.find()) {
      turned =
          turned.replace(
              rule.group(1) + "=\"" + rule.group(2) + "\"",
              rule.group(1) + "=\"turned" + rule.group(3) + "\"");
    }
    assertThat(turned.replace("turned", "")).isEqualTo(dark);
  }

  @Test
  void idsAreTheFiguresOwn() {
    String svg = Svg.of(FIGURE, Theme.LIGHT, 400, 300, Svg.Letters.TEXT, "mine");
    Matcher id = ID.matcher(svg);
    Set<String> ids = new TreeSet<>();
    while (id.find()) {
      assertThat(ids.add(id.group(1))).as("twice: " + id.group(1)).isTrue();
    }
    assertThat(ids).isNotEmpty().allMatch(each -> each.startsWith("mine-"));
    assertThat(svg).contains("clip-path=\"url(#mine-");
  }

  @Test
  void itSaysWhatItShowsAndEscapesIt() throws Exception {
    String svg = Svg.of(FIGURE, Theme.LIGHT, 400, 300, Svg.Letters.TEXT, "a");
    assertThat(svg).doesNotContain("<script>").contains("role=\"img\"");
    Document document =
        DocumentBuilderFactory.newDefaultNSInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("<script>alert(1)</script>");
    assertThat(document.getElementsByTagName("desc").item(0).getTextContent())
        .isEqualTo("\"words\" & <tags>");
    assertThat(document.getDocumentElement().getAttribute("aria-labelledby"))
        .isEqualTo("a-title a-desc");
  }

  @Test
  void lettersAreOutlinesOrTextOfTheBundledFamilies() {
    String outlines = Svg.of(FIGURE, Theme.LIGHT, 400, 300, Svg.Letters.OUTLINES, "a");
    String text = Svg.of(FIGURE, Theme.LIGHT, 400, 300, Svg.Letters.TEXT, "a");
    assertThat(outlines).doesNotContain("<text").doesNotContain("href");
    assertThat(text).contains("sub &amp; title</text>").contains("'Roboto Bold'");
    assertThat(text.length()).isLessThan(outlines.length() / 2);
  }

  @Test
  void filesAreWrittenInEveryForm(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("mine.txt"), "kept");
    List<Path> written = Pictures.write(FIGURE, folder.resolve("new"));
    assertThat(written)
        .extracting(each -> each.getFileName().toString())
        .containsExactly("odd.svg", "odd.png", "odd-dark.png", "odd.csv");
    BufferedImage png = ImageIO.read(written.get(1).toFile());
    assertThat(List.of(png.getWidth(), png.getHeight())).containsExactly(2560, 1440);
    assertThat(png.getRGB(0, 0)).isEqualTo(Theme.LIGHT.of(Tone.GROUND).getRGB());
    assertThat(ImageIO.read(written.get(2).toFile()).getRGB(0, 0))
        .isEqualTo(Theme.DARK.of(Tone.GROUND).getRGB());
    assertThat(folder.resolve("new"))
        .isDirectoryNotContaining(each -> each.toString().endsWith("part"));
    assertThat(folder.resolve("mine.txt")).hasContent("kept");
  }

  private static Set<String> colours(Theme theme) {
    Matcher colour = COLOUR.matcher(Svg.of(FIGURE, theme, 400, 300, Svg.Letters.TEXT, "a"));
    Set<String> colours = new TreeSet<>();
    while (colour.find()) {
      colours.add(colour.group(1));
    }
    return colours;
  }
}
