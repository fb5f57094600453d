@NullMarked
package org.mapcost.benchmarks;

import org.jspecify.annotations.NullMarked;
