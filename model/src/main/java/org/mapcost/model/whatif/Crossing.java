package org.mapcost.model.whatif;

/// Where the cheapest option changes.
///
/// @param before the cheapest option below
/// @param after the cheapest option above
/// @param x where both cost the same; where there is no such place, the smallest number from which
///   the other is cheaper or the only one to serve
/// @param jump whether the costs are never equal, because one of them jumps or ends here
public record Crossing(int before, int after, double x, boolean jump) {}
