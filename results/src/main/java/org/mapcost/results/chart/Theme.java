package org.mapcost.results.chart;

import java.awt.Color;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The colours of a chart.
///
/// The hues follow Okabe and Ito (Color Universal Design, 2008) and Paul Tol (Colour Schemes, SRON
/// technical note 09-002), which people with the common colour-vision deficiencies can tell apart;
/// the pale ones of both are darkened to stand out from a white ground.
///
/// @param name `light` or `dark`
/// @param colours one colour for every [Tone], no two alike
public record Theme(String name, Map<Tone, Color> colours) {
  /// Near-black on white.
  public static final Theme LIGHT =
      new Theme(
          "light",
          tones(
              0xFFFFFF, 0x1B2026, 0x56606B, 0xE0E4E9, 0x7F95AC, 0x6B7580, //
              0x0072B2, 0xD55E00, 0x009E73, 0xAA4499, 0x3A96D0, 0x85851F, 0x332288, 0x882255));

  /// Near-white on near-black.
  public static final Theme DARK =
      new Theme(
          "dark",
          tones(
              0x15191E, 0xE9EDF1, 0xA3AEB9, 0x2C333B, 0x8296AA, 0x97A2AD, //
              0x4FA8E0, 0xF2853D, 0x2DC497, 0xD67FC6, 0x9AD7F5, 0xC4C44C, 0x8F86EE, 0xE0679C));

  public Theme {
    for (Tone tone : Tone.values()) {
      if (!colours.containsKey(tone)) {
        throw new IllegalArgumentException("theme " + name + " has no colour for " + tone);
      }
    }
    if (new HashSet<>(colours.values()).size() < colours.size()) {
      throw new IllegalArgumentException("theme " + name + " has one colour for two tones");
    }
    colours = Collections.unmodifiableMap(new EnumMap<>(colours));
  }

  public Color of(Tone tone) {
    return Objects.requireNonNull(colours.get(tone));
  }

  /// The band's colour, thin: level 0 is the lightest shade, level 1 a stronger one.
  public Color shade(int level) {
    Color band = of(Tone.BAND);
    return new Color(band.getRed(), band.getGreen(), band.getBlue(), level == 0 ? 22 : 46);
  }

  /// Nothing to see, for what JFreeChart insists on painting.
  Color nothing() {
    Color ground = of(Tone.GROUND);
    return new Color(ground.getRed(), ground.getGreen(), ground.getBlue(), 0);
  }

  /// `#0072b2`.
  public String hex(Tone tone) {
    return String.format(Locale.ROOT, "#%06x", of(tone).getRGB() & 0xFFFFFF);
  }

  private static Map<Tone, Color> tones(int... rgb) {
    if (rgb.length != Tone.values().length) {
      throw new IllegalArgumentException("a theme has one colour for every tone");
    }
    Map<Tone, Color> tones = new EnumMap<>(Tone.class);
    for (Tone tone : Tone.values()) {
      tones.put(tone, new Color(rgb[tone.ordinal()]));
    }
    return tones;
  }
}
