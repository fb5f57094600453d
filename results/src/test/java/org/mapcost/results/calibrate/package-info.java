@NullMarked
package org.mapcost.results.calibrate;

import org.jspecify.annotations.NullMarked;
