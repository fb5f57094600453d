package org.mapcost.model.simulation;

/// Something that happens by itself, again and again: arrivals, the shrinker's call, a sample.
@FunctionalInterface
public interface Timer {
  /// It happens now; when it happens next, or infinity for never.
  double fire(double now);
}
