package org.mapcost.results.cli;

/// Numbers with six significant digits and no exponent, as [Json#rounded] writes them, for files of
/// millions of rows.
final class SixDigits {
  private static final int DIGITS = 6;
  private static final double LEAST = 1e-6;
  private static final double MOST = 1e15;

  /// So near a half, decimal arithmetic decides.
  private static final double NEAR = 1e-7;

  private static final double[] POWERS = powers();

  private SixDigits() {}

  private static double[] powers() {
    double[] powers = new double[23];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  /// Appends a number.
  static void append(StringBuilder to, double number) {
    if (number == 0) {
      to.append('0');
      return;
    }
    if (!(number >= LEAST && number < MOST)) {
      to.append(Json.rounded(number).toPlainString());
      return;
    }
    int exponent = (int) Math.floor(Math.log10(number));
    int shift = DIGITS - 1 - exponent;
    double scaled = shift >= 0 ? number * POWERS[shift] : number / POWERS[-shift];
    long digits = (long) Math.floor(scaled);
    double rest = scaled - digits;
    digits += rest > 0.5 ? 1 : 0;
    boolean sure = Math.abs(rest - 0.5) > NEAR;
    if (!sure || digits < POWERS[DIGITS - 1] || digits >= POWERS[DIGITS]) {
      to.append(Json.rounded(number).toPlainString());
      return;
    }
    if (shift <= 0) {
      to.append(digits * (long) POWERS[-shift]);
      return;
    }
    long unit = (long) POWERS[shift];
    to.append(digits / unit);
    long fraction = digits % unit;
    if (fraction != 0) {
      appendFraction(to, fraction, shift);
    }
  }

  private static void appendFraction(StringBuilder to, long fraction, int places) {
    to.append('.');
    long digits = fraction;
    int width = places;
    while (digits % 10 == 0) {
      digits /= 10;
      width--;
    }
    for (long unit = (long) POWERS[width - 1]; unit > digits && unit > 1; unit /= 10) {
      to.append('0');
    }
    to.append(digits);
  }
}
