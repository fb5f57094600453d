package org.mapcost.results.calibrate;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.DiagonalMatrix;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer.Optimum;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.MultivariateJacobianFunction;
import org.hipparchus.util.Pair;

/// A linear model fitted to measurements whose errors are relative, some of them gross.
///
/// Residuals are shares of what was measured, so that a microsecond and a nanosecond count alike.
/// Weights are Huber's: full up to 1.345 scaled median deviations, falling beyond (Huber, *Robust
/// Estimation of a Location Parameter*, 1964), with ten rounds of reweighting. Coefficients are
/// zero or more: costs are.
final class RobustFit {
  private static final int ROUNDS = 10;
  private static final int STEPS = 200;
  private static final double HUBER = 1.345;
  private static final double NORMAL = 1.4826;

  /// Below this share of the measured value a residual is no outlier, whatever the others are.
  private static final double RESOLUTION = 0.005;

  private final double[] coefficients;
  private final double[] residuals;

  private RobustFit(double[] coefficients, double[] residuals) {
    this.coefficients = coefficients;
    this.residuals = residuals;
  }

  /// @param rows what stands before each coefficient, one row a measurement
  /// @param measured above zero
  /// @param trust 1 for a measurement; less for a row that only says where to look where nothing is
  ///   measured
  static RobustFit of(double[][] rows, double[] measured, double[] trust) {
    int columns = rows[0].length;
    double[] huber = new double[rows.length];
    Arrays.fill(huber, 1);
    double[] coefficients = new double[columns];
    double[] residuals = new double[rows.length];
    for (int round = 0; round < ROUNDS; round++) {
      coefficients = solve(rows, measured, product(huber, trust), columns);
      residuals = residuals(rows, measured, coefficients);
      double scale = Math.max(RESOLUTION, NORMAL * median(residuals, trust));
      for (int i = 0; i < huber.length; i++) {
        huber[i] = Math.min(1, HUBER * scale / Math.max(1e-12, Math.abs(residuals[i])));
      }
    }
    return new RobustFit(coefficients, residuals);
  }

  /// Least squares; a coefficient that comes out negative is set to zero and left out.
  private static double[] solve(double[][] rows, double[] measured, double[] weights, int columns) {
    boolean[] used = new boolean[columns];
    Arrays.fill(used, true);
    while (true) {
      int[] kept = IntStream.range(0, columns).filter(i -> used[i]).toArray();
      double[] found = leastSquares(rows, measured, weights, kept);
      int worst = -1;
      for (int i = 0; i < kept.length; i++) {
        if (found[i] < 0 && (worst < 0 || found[i] < found[worst])) {
          worst = i;
        }
      }
      if (worst < 0 || kept.length == 1) {
        double[] all = new double[columns];
        for (int i = 0; i < kept.length; i++) {
          all[kept[i]] = Math.max(0, found[i]);
        }
        return all;
      }
      used[kept[worst]] = false;
    }
  }

  private static double[] leastSquares(
      double[][] rows, double[] measured, double[] weights, int[] kept) {
    double[][] relative = new double[rows.length][kept.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < kept.length; j++) {
        relative[i][j] = rows[i][kept[j]] / measured[i];
      }
    }
    Array2DRowRealMatrix design = new Array2DRowRealMatrix(relative, false);
    MultivariateJacobianFunction model = at -> new Pair<>(design.operate(at), design);
    double[] ones = new double[rows.length];
    Arrays.fill(ones, 1);
    Optimum optimum =
        new LevenbergMarquardtOptimizer()
            .optimize(
                new LeastSquaresBuilder()
                    .start(new ArrayRealVector(start(rows, measured, kept)))
                    .model(model)
                    .target(ones)
                    .weight(new DiagonalMatrix(weights))
                    .maxEvaluations(STEPS)
                    .maxIterations(STEPS)
                    .build());
    return optimum.getPoint().toArray();
  }

  /// The mean of what each coefficient would be alone.
  private static double[] start(double[][] rows, double[] measured, int[] kept) {
    double[] start = new double[kept.length];
    for (int j = 0; j < kept.length; j++) {
      int column = kept[j];
      start[j] =
          IntStream.range(0, rows.length)
              .filter(i -> rows[i][column] > 0)
              .mapToDouble(i -> measured[i] / rows[i][column] / kept.length)
              .min()
              .orElse(1);
    }
    return start;
  }

  private static double[] residuals(double[][] rows, double[] measured, double[] coefficients) {
    double[] residuals = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      double fitted = 0;
      for (int j = 0; j < coefficients.length; j++) {
        fitted += rows[i][j] * coefficients[j];
      }
      residuals[i] = (measured[i] - fitted) / measured[i];
    }
    return residuals;
  }

  private static double[] product(double[] one, double[] other) {
    return IntStream.range(0, one.length).mapToDouble(i -> one[i] * other[i]).toArray();
  }

  private static double median(double[] residuals, double[] trust) {
    return Readings.median(
        IntStream.range(0, residuals.length)
            .filter(i -> trust[i] >= 1)
            .mapToDouble(i -> Math.abs(residuals[i]))
            .toArray());
  }

  /// One coefficient, by its column.
  double coefficient(int column) {
    return coefficients[column];
  }

  /// The median of the residuals' sizes, as a share.
  double medianResidual() {
    return Readings.median(Arrays.stream(residuals).map(Math::abs).toArray());
  }
}
