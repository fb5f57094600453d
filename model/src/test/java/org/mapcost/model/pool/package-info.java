/// Tests of the page pools.
@NullMarked
package org.mapcost.model.pool;

import org.jspecify.annotations.NullMarked;
