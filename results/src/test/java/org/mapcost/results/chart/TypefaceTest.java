package org.mapcost.results.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.InputException;

/// Guards that the bundled letters cover what charts write, and that a host that cannot draw is
/// told what to install.
class TypefaceTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ABC xyz 0123456789 [0.97 1.35 1.85] ns µs % \u00b2 \u00d7 \u00b1 \u2026",
        "K\u00f6ln, Stra\u00dfe, \u0141\u00f3d\u017a, \u03a9\u03bb",
        "\u2013 \u2014 \u2018\u2019 \u201c\u201d \u2264 \u2265 \u2248 \u2212 \u221e"
      })
  void lettersOfChartsAreInBothFonts(String text) {
    assertThat(Typeface.bundled().regular(18).canDisplayUpTo(text)).isEqualTo(-1);
    assertThat(Typeface.bundled().bold(18).canDisplayUpTo(text)).isEqualTo(-1);
  }

  /// A picture with text letters names the families; the page must be able to tell them apart.
  @Test
  void theFontsAreTwoFamilies() {
    assertThat(Typeface.bundled().regular().getFamily()).isEqualTo("Roboto");
    assertThat(Typeface.bundled().bold().getFamily()).isEqualTo("Roboto Bold");
  }

  /// What JDKs were seen to throw where fontconfig, FreeType or the AWT's own libraries are
  /// missing.
  @Test
  void missingLibrariesAreNamed() {
    for (Throwable seen :
        new Throwable[] {
          new UnsatisfiedLinkError("libfreetype.so.6: cannot open shared object file"),
          new NoClassDefFoundError("Could not initialize class sun.awt.X11FontManager"),
          new InternalError("java.lang.reflect.InvocationTargetException"),
          new RuntimeException("Fontconfig head is null, check your fonts or fonts configuration")
        }) {
      assertThatThrownBy(() ->
              Typeface.available(() -> {
                throw TypefaceTest.<RuntimeException>sneaky(seen);
              }))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("apt-get install fontconfig libfreetype6")
          .hasCause(seen);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T sneaky(Throwable any) throws T {
    throw (T) any;
  }
}
