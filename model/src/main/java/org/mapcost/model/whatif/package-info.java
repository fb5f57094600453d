/// Questions with a range instead of a value: sweeps over one or two keys, where the cheapest
/// strategy changes and how surely, which uncertain value an answer depends on most, and how much
/// capacity an objective needs; of one buffer by closed forms, of a workload by simulations.
///
/// Counts and prices come from where `compare` takes them; nothing here knows a mechanism.
@NullMarked
package org.mapcost.model.whatif;

import org.jspecify.annotations.NullMarked;
