/// Many clients on many CPUs over time: discrete events over CPUs that work, spin for locks, wait
/// for flush rounds and are interrupted by those of others.
///
/// An operation is the ordered list of segments that its strategy charges to a
/// [org.mapcost.model.cost.Meter]; prices come from the machine, counts from the mechanisms. Time
/// is `double` nanoseconds from the start of the run. Everything random comes from seeded
/// generators.
@NullMarked
package org.mapcost.model.simulation;

import org.jspecify.annotations.NullMarked;
