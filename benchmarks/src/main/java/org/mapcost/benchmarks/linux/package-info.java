/// The calls of Linux that probes and witnesses need, by the foreign function interface: memory
/// mappings between guard pages, CPUs that threads are pinned to, perf events, device nodes. An
/// error is a [SystemCallException] with the name of its errno.
@NullMarked
package org.mapcost.benchmarks.linux;

import org.jspecify.annotations.NullMarked;
