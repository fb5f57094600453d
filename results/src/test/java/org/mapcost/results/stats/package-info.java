@NullMarked
package org.mapcost.results.stats;

import org.jspecify.annotations.NullMarked;
