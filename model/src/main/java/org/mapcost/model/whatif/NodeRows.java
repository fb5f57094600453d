package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.List;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Conditions.Heat;
import org.mapcost.model.cost.PriceList;
import org.mapcost.model.whatif.Inputs.Row;

/// The prices of the nodes of walks.
final class NodeRows {
  /// No tree has as many nodes.
  private static final double LONGEST_WALK = 1e9;

  /// Up to this many nodes a walk.
  final double upTo;

  /// Nodes of a fault's first walk.
  final Row first;

  /// Those of the walks right behind it.
  final Row again;

  private NodeRows(double upTo, Costs.Place place, Inputs inputs) {
    this.upTo = upTo;
    this.first = inputs.row();
    this.again = inputs.row();
    Conditions conditions = place.setup().conditions();
    PriceList prices = place.prices();
    inputs.addTo(first, prices.node(upTo, conditions.firstWalk(), conditions), 1);
    inputs.addTo(again, prices.node(upTo, Heat.HOT, conditions), 1);
  }

  /// The rows of all lengths of walks, by rising length.
  static NodeRows[] all(Costs.Place place, Inputs inputs) {
    return lengths(place).stream()
        .map(nodes -> new NodeRows(nodes, place, inputs))
        .toArray(NodeRows[]::new);
  }

  /// A length of walk for each price that nodes have: the longest of those with the price, the very
  /// longest for the last.
  static List<Double> lengths(Costs.Place place) {
    List<Double> lengths = new ArrayList<>();
    Conditions conditions = place.setup().conditions();
    double nodes = 0;
    while (nodes < LONGEST_WALK) {
      nodes = Math.min(LONGEST_WALK, place.prices().nodesOfSamePrice(nodes, conditions));
      lengths.add(nodes);
      nodes = Math.nextUp(nodes);
    }
    return lengths;
  }
}
