@NullMarked
package org.mapcost.benchmarks.profile;

import org.jspecify.annotations.NullMarked;
