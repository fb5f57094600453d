/// Probes of the live host: what single steps of the kernel and the CPU cost here, each a JMH
/// benchmark with a witness that tells whether the step took place. User space only, no native
/// build; what a host forbids or lacks is a [org.mapcost.benchmarks.host.NotHere] with the reason.
@NullMarked
package org.mapcost.benchmarks.host;

import org.jspecify.annotations.NullMarked;
