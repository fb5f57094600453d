package org.mapcost.results.compare;

import java.util.Optional;
import java.util.regex.Pattern;
import org.mapcost.results.stats.ForkValue;

/// How two results are compared.
///
/// @param tolerance a change up to this share is called the same, `0.02` for 2 %
/// @param include only benchmarks whose name with parameters contains a match
/// @param metrics only metrics whose name contains a match; none: the usual ones
/// @param ruler the benchmark whose own change is divided out of all others
/// @param value of a fork that is compared
public record DiffOptions(
    double tolerance,
    Optional<Pattern> include,
    Optional<Pattern> metrics,
    Optional<Pattern> ruler,
    ForkValue value) {
  /// Changes up to this share are called the same unless somebody asks for another.
  public static final double TOLERANCE = 0.02;

  /// The usual comparison.
  public static final DiffOptions USUAL =
      new DiffOptions(TOLERANCE, Optional.empty(), Optional.empty(), Optional.empty());

  /// Of the forks' medians.
  public DiffOptions(
      double tolerance,
      Optional<Pattern> include,
      Optional<Pattern> metrics,
      Optional<Pattern> ruler) {
    this(tolerance, include, metrics, ruler, ForkValue.MEDIAN);
  }

  public DiffOptions {
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new IllegalArgumentException("a tolerance is a share from 0 to 1, not " + tolerance);
    }
  }
}
