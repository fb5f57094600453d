/// Whether this host can measure: what it shows of itself, the likely cause, and what to try.
@NullMarked
package org.mapcost.results.doctor;

import org.jspecify.annotations.NullMarked;
