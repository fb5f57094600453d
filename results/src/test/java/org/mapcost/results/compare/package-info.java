/// Tests of comparisons and gates.
@NullMarked
package org.mapcost.results.compare;

import org.jspecify.annotations.NullMarked;
