/// JMH profilers: what an operation did, beside how long it took.
@NullMarked
package org.mapcost.benchmarks.profile;

import org.jspecify.annotations.NullMarked;
