/// How a cost comes about: a mechanism charges events to a [org.mapcost.model.cost.Meter], the
/// [org.mapcost.model.cost.Ledger] keeps the counts per phase, and prices are applied afterwards.
///
/// Counts are exact and know no machine; prices are uncertain and know no strategy.
@NullMarked
package org.mapcost.model.cost;

import org.jspecify.annotations.NullMarked;
