/// Charts: what a figure shows, the two themes it is drawn in, and its SVG, PNG and CSV.
@NullMarked
package org.mapcost.results.chart;

import org.jspecify.annotations.NullMarked;
