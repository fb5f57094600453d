/// The mechanisms of the model under JMH, one benchmark class per question about a mechanism.
@NullMarked
package org.mapcost.benchmarks.mechanism;

import org.jspecify.annotations.NullMarked;
