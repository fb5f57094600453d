/// The mapping strategies: each composes the mechanisms as one driver or kernel interface does,
/// from the driver's load to the end of a buffer.
///
/// A strategy is one class with `@AutoService(Strategy.class)`; it then appears in every listing,
/// table, chart and sweep.
@NullMarked
package org.mapcost.model.strategy;

import org.jspecify.annotations.NullMarked;
