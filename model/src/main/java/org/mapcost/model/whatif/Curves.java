package org.mapcost.model.whatif;

/// What several options cost along one number.
public interface Curves {
  /// How many options there are.
  int options();

  /// What an option costs at a number, above zero; NaN where it does not serve.
  double cost(int option, double x);
}
