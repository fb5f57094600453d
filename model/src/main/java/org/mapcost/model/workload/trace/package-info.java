/// Recorded traces of a kernel's own events, as text: ftrace, `trace-cmd report` and `perf script`.
/// Read as a stream, in constant memory; what cannot be read is counted and named, never guessed.
@NullMarked
package org.mapcost.model.workload.trace;

import org.jspecify.annotations.NullMarked;
