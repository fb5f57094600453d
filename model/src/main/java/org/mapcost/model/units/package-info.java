/// Quantities with their units: physical addresses, bytes, pages, nanoseconds, cycles and clock
/// rates; how people write them (`0xfd000000`, `64MiB`, `16pages`, `80ns`, `2.1GHz`) and how they
/// are printed.
///
/// Types guard the borders of the model; inside it, hot code uses the plain `long` or `double`.
@NullMarked
package org.mapcost.model.units;

import org.jspecify.annotations.NullMarked;
