package org.mapcost.benchmarks.simulation;

/// When those came who wait, first in first out.
final class Arrivals {
  private double[] times = new double[1024];
  private int first;
  private int size;

  void add(double time) {
    if (size == times.length) {
      double[] longer = new double[2 * size];
      for (int i = 0; i < size; i++) {
        longer[i] = times[(first + i) & (size - 1)];
      }
      times = longer;
      first = 0;
    }
    times[(first + size++) & (times.length - 1)] = time;
  }

  double remove() {
    double time = times[first];
    first = (first + 1) & (times.length - 1);
    size--;
    return time;
  }

  boolean isEmpty() {
    return size == 0;
  }
}
