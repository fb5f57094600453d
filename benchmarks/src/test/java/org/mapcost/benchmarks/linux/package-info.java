@NullMarked
package org.mapcost.benchmarks.linux;

import org.jspecify.annotations.NullMarked;
