@NullMarked
package org.mapcost.benchmarks.host;

import org.jspecify.annotations.NullMarked;
