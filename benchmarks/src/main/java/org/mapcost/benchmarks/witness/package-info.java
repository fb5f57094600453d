/// Witnesses: counters of the kernel and the CPU that show what a measurement exercised, and the
/// verdict they give. They read `/proc` and perf events; none needs root, and what a host does not
/// show is absent rather than zero.
@NullMarked
package org.mapcost.benchmarks.witness;

import org.jspecify.annotations.NullMarked;
