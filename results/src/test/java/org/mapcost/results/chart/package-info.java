/// Tests of the charts: by structure and numbers, never by pixels.
@NullMarked
package org.mapcost.results.chart;

import org.jspecify.annotations.NullMarked;
