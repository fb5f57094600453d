@NullMarked
package org.mapcost.benchmarks.witness;

import org.jspecify.annotations.NullMarked;
