package org.mapcost.model.whatif;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.mapcost.model.cost.Price;
import org.mapcost.model.cost.Uncertain;

/// The uncertain inputs of one bill as places in rows of numbers.
///
/// An input raises a bill or lowers it. Which end of an input lowers is noted where it is first
/// met; a row then holds for each input how far one end lowers the bill and how far the other
/// raises it. That holds for sums of rows as well, unless an input raises one price and lowers
/// another: then the inputs are [#mixed].
final class Inputs {
  private final Function<Price, Uncertain> bill;
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, Boolean> rising = new HashMap<>();
  private boolean mixed;
  private boolean nothing = true;

  /// @param bill which of a price's two bills
  Inputs(Function<Price, Uncertain> bill) {
    this.bill = bill;
  }

  /// Prices as a sum: the best time, the same at worst each way, and what each input does.
  static final class Row {
    double best;
    double worstLow;
    double worstHigh;

    /// What lowers, input by input, and then what raises.
    final double[] effects;

    Row(int inputs) {
      this.effects = new double[2 * inputs];
    }

    private Row(Row other) {
      this.best = other.best;
      this.worstLow = other.worstLow;
      this.worstHigh = other.worstHigh;
      this.effects = other.effects.clone();
    }

    /// The best time and then the effects.
    double[] numbers() {
      double[] all = new double[1 + effects.length];
      all[0] = best;
      System.arraycopy(effects, 0, all, 1, effects.length);
      return all;
    }

    Row copy() {
      return new Row(this);
    }

    /// Adds another row, so many times.
    void add(Row other, double times) {
      best += times * other.best;
      worstLow += times * other.worstLow;
      worstHigh += times * other.worstHigh;
      for (int i = 0; i < effects.length; i++) {
        effects[i] += times * other.effects[i];
      }
    }
  }

  /// How many inputs have a place.
  int count() {
    return places.size();
  }

  /// Whether no row tells what an input does.
  boolean mixed() {
    return mixed;
  }

  /// Whether no price of the bill is above zero.
  boolean nothing() {
    return nothing;
  }

  /// An empty row.
  Row row() {
    return new Row(count());
  }

  /// Gives the inputs of a price their places. Rows are made when all are known.
  void know(Price unit) {
    Uncertain time = bill.apply(unit);
    nothing &= time.worst().high() == 0;
    time.effects()
        .forEach((input, ends) -> {
          String name = name(input);
          places.putIfAbsent(name, places.size());
          boolean up = ends.atHigh() >= ends.atLow();
          Boolean known = rising.putIfAbsent(name, up);
          mixed |= known != null && known != up;
          double least = Math.min(ends.atLow(), ends.atHigh());
          double most = Math.max(ends.atLow(), ends.atHigh());
          mixed |= least > time.best() || most < time.best();
          // An input that moves the price beyond its worst would not be bounded by it.
          mixed |= least < time.worst().low() * (1 - 1e-9);
          mixed |= most > time.worst().high() * (1 + 1e-9);
        });
  }

  /// Adds a price to a row, so many times; false where it has an input that is not known, or does
  /// not do what it did before.
  boolean addTo(Row row, Price unit, double times) {
    Uncertain time = bill.apply(unit);
    double best = time.best();
    row.best += times * best;
    row.worstLow += times * time.worst().low();
    row.worstHigh += times * time.worst().high();
    int inputs = row.effects.length / 2;
    boolean known = true;
    for (Map.Entry<String, Uncertain.Ends> each : time.effects().entrySet()) {
      String name = name(each.getKey());
      Integer place = places.get(name);
      if (place == null || place >= inputs) {
        known = false;
        continue;
      }
      boolean up = Boolean.TRUE.equals(rising.get(name));
      double lower = (up ? each.getValue().atLow() : each.getValue().atHigh()) - best;
      double raise = (up ? each.getValue().atHigh() : each.getValue().atLow()) - best;
      known &= lower <= 0 && raise >= 0;
      row.effects[place] += times * lower;
      row.effects[inputs + place] += times * raise;
    }
    return known;
  }

  /// Inputs whose names differ in digits alone are one: a walk finds its tree in one place.
  private static String name(String input) {
    return input.startsWith("where ") ? input.replaceAll("[0-9]+", "") : input;
  }
}
