/// Comparison of two stored results: what differs, how surely, and whether a gate lets it pass.
@NullMarked
package org.mapcost.results.compare;

import org.jspecify.annotations.NullMarked;
