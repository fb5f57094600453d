/// Tests of the explorer.
@NullMarked
package org.mapcost.results.explorer;

import org.jspecify.annotations.NullMarked;
