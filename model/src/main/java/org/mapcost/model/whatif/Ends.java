package org.mapcost.model.whatif;

import org.mapcost.model.whatif.Inputs.Row;

/// Puts the ends of many sums together from their rows, as [org.mapcost.model.cost.Uncertain] does:
/// the effects of single inputs in quadrature, as logarithms.
///
/// All sums of a block are first laid one behind the other, so that their logarithms are one long
/// loop over an array, which the compiler turns into vector instructions.
final class Ends {
  /// The logarithm of `1 + x` is `2 s f(s^2)` with `s = x / (2 + x)`. Up to this `s^2` (x from
  /// -0.85 to 5) a polynomial stands for f.
  private static final double TOP = 0.55;

  private static final int TERMS = 15;

  /// Beyond it a square becomes so large that its sum cannot be missed.
  private static final double BEYOND = 1e21;

  private static final double MOST = 1e3;

  private static final double[] FIT = fit();
  private static final double C0 = FIT[0];
  private static final double C1 = FIT[1];
  private static final double C2 = FIT[2];
  private static final double C3 = FIT[3];
  private static final double C4 = FIT[4];
  private static final double C5 = FIT[5];
  private static final double C6 = FIT[6];
  private static final double C7 = FIT[7];
  private static final double C8 = FIT[8];
  private static final double C9 = FIT[9];
  private static final double C10 = FIT[10];
  private static final double C11 = FIT[11];
  private static final double C12 = FIT[12];
  private static final double C13 = FIT[13];
  private static final double C14 = FIT[14];

  private final int inputs;
  private final double[] best;
  private final double[] worstLow;
  private final double[] worstHigh;
  private final double[] shares;
  private final double[] squares;

  /// @param inputs of every sum
  /// @param sums of a block, at most
  Ends(int inputs, int sums) {
    this.inputs = inputs;
    this.best = new double[sums];
    this.worstLow = new double[sums];
    this.worstHigh = new double[sums];
    this.shares = new double[sums * 2 * inputs];
    this.squares = new double[sums * 2 * inputs];
  }

  /// Sets a sum of a block: one row and so many times another.
  void set(int at, Row one, double times, Row each) {
    double total = one.best + times * each.best;
    best[at] = total;
    worstLow[at] = one.worstLow + times * each.worstLow;
    worstHigh[at] = one.worstHigh + times * each.worstHigh;
    lay(shares, at * 2 * inputs, 1 / total, one.effects, times, each.effects);
  }

  private static void lay(
      double[] into, int from, double share, double[] one, double times, double[] each) {
    for (int i = 0; i < one.length; i++) {
      into[from + i] = (one[i] + times * each[i]) * share;
    }
  }

  /// The same with two rows more.
  void set(int at, Row one, double times, Row each, double first, Row cold, double again, Row hot) {
    double total = one.best + times * each.best + first * cold.best + again * hot.best;
    best[at] = total;
    worstLow[at] =
        one.worstLow + times * each.worstLow + first * cold.worstLow + again * hot.worstLow;
    worstHigh[at] =
        one.worstHigh + times * each.worstHigh + first * cold.worstHigh + again * hot.worstHigh;
    lay(
        shares,
        at * 2 * inputs,
        1 / total,
        one.effects,
        times,
        each.effects,
        first,
        cold.effects,
        again,
        hot.effects);
  }

  private static void lay(
      double[] into,
      int from,
      double share,
      double[] one,
      double times,
      double[] each,
      double first,
      double[] cold,
      double again,
      double[] hot) {
    for (int i = 0; i < one.length; i++) {
      into[from + i] = (one[i] + times * each[i] + first * cold[i] + again * hot[i]) * share;
    }
  }

  /// Writes low, best and high of the first sums of the block, one behind the other.
  ///
  /// @param from where in `out` they begin
  void put(int sums, double[] out, int from) {
    square(shares, squares, sums * 2 * inputs);
    int at = 0;
    for (int sum = 0; sum < sums; sum++) {
      double fall = sum(at);
      double rise = sum(at + inputs);
      double total = best[sum];
      int to = from + 3 * sum;
      out[to] = total > 0 ? Math.max(total * Math.exp(-2 * Math.sqrt(fall)), worstLow[sum]) : 0;
      out[to + 1] = total;
      out[to + 2] = total > 0 ? Math.min(total * Math.exp(2 * Math.sqrt(rise)), worstHigh[sum]) : 0;
      at += 2 * inputs;
    }
  }

  /// A quarter of each squared logarithm.
  private static void square(double[] shares, double[] squares, int count) {
    for (int i = 0; i < count; i++) {
      double x = shares[i];
      double s = x / (2 + x);
      double q = s * s;
      double f = f(q);
      double beyond = q - TOP;
      squares[i] = Math.fma(beyond + Math.abs(beyond), BEYOND, q * f * f);
    }
  }

  private double sum(int from) {
    double[] all = squares;
    int to = from + inputs;
    double one = 0;
    double two = 0;
    double three = 0;
    double four = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      one += all[i];
      two += all[i + 1];
      three += all[i + 2];
      four += all[i + 3];
    }
    for (; i < to; i++) {
      one += all[i];
    }
    double sum = (one + two) + (three + four);
    return sum < MOST ? sum : exactly(from);
  }

  /// The same where shares are too large for the polynomial.
  private double exactly(int from) {
    double sum = 0;
    for (int i = from; i < from + inputs; i++) {
      double ln = Math.log(1 + shares[i]);
      sum += squares[i] < MOST ? squares[i] : ln * ln / 4;
    }
    return sum;
  }

  /// The logarithm of `1 + x` to ten digits, x from -0.85 to 5.
  static double ln(double x) {
    double s = x / (2 + x);
    return 2 * s * f(s * s);
  }

  /// `atanh(s) / s` for `q = s^2`.
  private static double f(double q) {
    double sum = Math.fma(q, C14, C13);
    sum = Math.fma(q, sum, C12);
    sum = Math.fma(q, sum, C11);
    sum = Math.fma(q, sum, C10);
    sum = Math.fma(q, sum, C9);
    sum = Math.fma(q, sum, C8);
    sum = Math.fma(q, sum, C7);
    sum = Math.fma(q, sum, C6);
    sum = Math.fma(q, sum, C5);
    sum = Math.fma(q, sum, C4);
    sum = Math.fma(q, sum, C3);
    sum = Math.fma(q, sum, C2);
    sum = Math.fma(q, sum, C1);
    return Math.fma(q, sum, C0);
  }

  /// The polynomial through that function's values at the Chebyshev nodes, which is close to the
  /// best there is: Newton's divided differences, multiplied out.
  private static double[] fit() {
    double[] nodes = new double[TERMS];
    double[] differences = new double[TERMS];
    for (int i = 0; i < TERMS; i++) {
      nodes[i] = TOP / 2 * (1 - Math.cos(Math.PI * (2 * i + 1) / (2 * TERMS)));
      double s = Math.sqrt(nodes[i]);
      differences[i] = (Math.log1p(s) - Math.log1p(-s)) / (2 * s);
    }
    for (int step = 1; step < TERMS; step++) {
      for (int i = TERMS - 1; i >= step; i--) {
        differences[i] = (differences[i] - differences[i - 1]) / (nodes[i] - nodes[i - step]);
      }
    }
    double[] powers = new double[TERMS];
    for (int i = TERMS - 1; i >= 0; i--) {
      for (int power = TERMS - 1; power > 0; power--) {
        powers[power] = powers[power - 1] - nodes[i] * powers[power];
      }
      powers[0] = differences[i] - nodes[i] * powers[0];
    }
    return powers;
  }
}
