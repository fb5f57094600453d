package org.mapcost.model.whatif;

import java.util.HashMap;
import java.util.Map;
import org.mapcost.model.cost.Price;

/// The uncertain inputs of prices as places in a row: the best time, what it is at worst and at
/// best, and for each input how far its low and its high end move it.
final class Inputs {
  /// Places of a row; far more than any strategy has inputs.
  static final int MOST_CELLS = 128;

  /// Best, worst low, worst high.
  static final int HEAD = 3;

  private final Map<String, Integer> places = new HashMap<>();
  private int cells = HEAD;

  /// How many places are in use; always whole pairs behind the head.
  int cells() {
    return cells;
  }

  double[] row(Price unit) {
    double[] row = new double[MOST_CELLS];
    addTo(row, unit, 1);
    return row;
  }

  /// Adds the caller's bill of a price, so many times.
  void addTo(double[] row, Price unit, double times) {
    double best = unit.callerTime().best();
    row[0] += times * best;
    row[1] += times * unit.callerTime().worst().low();
    row[2] += times * unit.callerTime().worst().high();
    unit.callerTime()
        .effects()
        .forEach((name, ends) -> {
          int at = place(name);
          row[at] += times * (ends.atLow() - best);
          row[at + 1] += times * (ends.atHigh() - best);
        });
  }

  /// Inputs whose names differ in digits alone are one: a walk finds its tree in one place.
  private int place(String name) {
    String known = name.startsWith("where ") ? name.replaceAll("[0-9]+", "") : name;
    Integer place = places.get(known);
    if (place == null) {
      place = cells;
      cells += 2;
      if (cells > MOST_CELLS) {
        throw new IllegalStateException("more inputs than places: " + places.keySet());
      }
      places.put(known, place);
    }
    return place;
  }
}
