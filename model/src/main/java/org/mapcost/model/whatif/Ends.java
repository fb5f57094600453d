package org.mapcost.model.whatif;

/// Puts the ends of a sum together from its row, as [org.mapcost.model.cost.Uncertain] does: the
/// effects of single inputs in quadrature, as logarithms.
final class Ends {
  /// Up to this size the first terms of the series are exact to ten digits.
  private static final double SMALL = 0.02;

  /// Between these the series in x / (2 + x) is.
  private static final double LEAST = -0.5;

  private static final double MOST = 0.9;

  private Ends() {}

  /// Writes low, best and high.
  static void put(double[] row, int cells, double[] out) {
    double best = row[0];
    if (!(best > 0)) {
      out[0] = 0;
      out[1] = 0;
      out[2] = 0;
      return;
    }
    double share = 1 / best;
    double fall = 0;
    double rise = 0;
    double least = 0;
    double most = 0;
    int falling = 0;
    int rising = 0;
    for (int i = Inputs.HEAD; i < cells; i += 2) {
      double one = row[i];
      double other = row[i + 1];
      double down = one < other ? one : other;
      double up = one < other ? other : one;
      if (down < 0) {
        double x = down * share;
        double ln = ln(x);
        fall += ln * ln;
        falling++;
        least = x < least ? x : least;
      }
      if (up > 0) {
        double x = up * share;
        double ln = ln(x);
        rise += ln * ln;
        rising++;
        most = x > most ? x : most;
      }
    }
    double low = best + least * best;
    double high = best + most * best;
    if (falling > 1) {
      low = Math.min(low, Math.max(best * Math.exp(-Math.sqrt(fall)), row[1]));
    }
    if (rising > 1) {
      high = Math.max(high, Math.min(best * Math.exp(Math.sqrt(rise)), row[2]));
    }
    out[0] = low;
    out[1] = best;
    out[2] = high;
  }

  /// The logarithm of `1 + x` to ten digits, x above -1.
  static double ln(double x) {
    double size = Math.abs(x);
    if (size < SMALL) {
      return x * (1 - x * (1 / 2.0 - x * (1 / 3.0 - x * (1 / 4.0 - x * (1 / 5.0 - x / 6)))));
    }
    if (x < LEAST || x > MOST) {
      return Math.log1p(x);
    }
    double s = x / (2 + x);
    double q = s * s;
    double sum = 1 / 25.0;
    sum = sum * q + 1 / 23.0;
    sum = sum * q + 1 / 21.0;
    sum = sum * q + 1 / 19.0;
    sum = sum * q + 1 / 17.0;
    sum = sum * q + 1 / 15.0;
    sum = sum * q + 1 / 13.0;
    sum = sum * q + 1 / 11.0;
    sum = sum * q + 1 / 9.0;
    sum = sum * q + 1 / 7.0;
    sum = sum * q + 1 / 5.0;
    sum = sum * q + 1 / 3.0;
    return 2 * s * (sum * q + 1);
  }
}
