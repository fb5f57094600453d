/// Machine files: what is known of a machine (its CPUs, caches, TLB and memory, and what single
/// steps of the kernel cost on it), each value with its interval, unit and source.
@NullMarked
package org.mapcost.model.machine;

import org.jspecify.annotations.NullMarked;
