/// What a mapping should cost: the kernel's algorithms, counted and priced.
///
/// A plain library: nothing here prints, reads a clock, calls native code or knows JMH.
@NullMarked
package org.mapcost.model;

import org.jspecify.annotations.NullMarked;
