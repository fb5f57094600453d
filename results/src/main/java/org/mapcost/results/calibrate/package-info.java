/// Calibration: probes of this host run in forks, price functions fitted to them, a machine file
/// with the provenance of every value; and the same prices held against measurements at other
/// points.
@NullMarked
package org.mapcost.results.calibrate;

import org.jspecify.annotations.NullMarked;
