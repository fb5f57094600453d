/// What a mapping does cost: a JMH suite over the model's mechanisms.
@NullMarked
package org.mapcost.benchmarks;

import org.jspecify.annotations.NullMarked;
