package org.mapcost.results.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.strategy.Strategies;

/// Guards that what is drawn can be seen on its ground, and that a thing has one look everywhere.
class ThemeTest {
  private static final Set<Tone> QUIET = EnumSet.of(Tone.GROUND, Tone.GRID, Tone.BAND);
  private static final Set<Tone> LETTERS = EnumSet.of(Tone.INK, Tone.MUTED);

  static Stream<Theme> themes() {
    return Stream.of(Theme.LIGHT, Theme.DARK);
  }

  /// WCAG 2.2: 4.5 for text, 3 for graphics.
  @ParameterizedTest
  @MethodSource("themes")
  void everyToneStandsOutFromTheGround(Theme theme) {
    for (Tone tone : EnumSet.complementOf(EnumSet.copyOf(QUIET))) {
      assertThat(contrast(theme.of(tone), theme.of(Tone.GROUND)))
          .as(theme.name() + " " + tone)
          .isGreaterThan(LETTERS.contains(tone) ? 4.5 : 3);
    }
  }

  @ParameterizedTest
  @MethodSource("themes")
  void lettersStandOutFromBandsToo(Theme theme) {
    for (int level = 0; level < 2; level++) {
      assertThat(contrast(theme.of(Tone.MUTED), over(theme.shade(level), theme.of(Tone.GROUND))))
          .isGreaterThan(4.5);
    }
  }

  @Test
  void aThemeWithoutAToneOrWithOneColourTwiceIsRefused() {
    Map<Tone, Color> colours = new EnumMap<>(Theme.LIGHT.colours());
    colours.put(Tone.BLUE, colours.get(Tone.GREEN));
    assertThatThrownBy(() -> new Theme("odd", colours))
        .hasMessage("theme odd has one colour for two tones");
    colours.remove(Tone.BLUE);
    assertThatThrownBy(() -> new Theme("odd", colours))
        .hasMessage("theme odd has no colour for BLUE");
  }

  @Test
  void searchesThatVisitTheSameNodesLookTheSameAndOthersDoNot() {
    assertThat(SeriesStyle.of("w1")).isPresent().isEqualTo(SeriesStyle.of("w3"));
    assertThat(Set.of(SeriesStyle.of("w0"), SeriesStyle.of("w1"), SeriesStyle.of("w2"))).hasSize(3);
    assertThat(SeriesStyle.of("no-such-thing")).isEmpty();
  }

  @Test
  void manySeriesLookDifferent() {
    Set<SeriesStyle> styles = new HashSet<>();
    IntStream.range(0, 160).forEach(n -> styles.add(SeriesStyle.nth(n)));
    assertThat(styles).hasSize(160);
  }

  private static Color over(Color shade, Color ground) {
    double part = shade.getAlpha() / 255.0;
    return new Color(
        (int) (shade.getRed() * part + ground.getRed() * (1 - part)),
        (int) (shade.getGreen() * part + ground.getGreen() * (1 - part)),
        (int) (shade.getBlue() * part + ground.getBlue() * (1 - part)));
  }

  private static double contrast(Color a, Color b) {
    double la = luminance(a);
    double lb = luminance(b);
    return (Math.max(la, lb) + 0.05) / (Math.min(la, lb) + 0.05);
  }

  private static double luminance(Color c) {
    return 0.2126 * linear(c.getRed())
        + 0.7152 * linear(c.getGreen())
        + 0.0722 * linear(c.getBlue());
  }

  private static double linear(int channel) {
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  /// One that is new gets the next free look of a chart until somebody gives it one.
  @Test
  void noTwoStrategiesLookAlike() {
    List<SeriesStyle> styles =
        Strategies.all().stream().flatMap(each -> SeriesStyle.of(each.name()).stream()).toList();
    assertThat(styles).hasSizeGreaterThan(20).doesNotHaveDuplicates();
  }
}
