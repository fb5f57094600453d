@NullMarked
package org.mapcost.benchmarks.mechanism;

import org.jspecify.annotations.NullMarked;
