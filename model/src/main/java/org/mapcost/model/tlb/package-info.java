/// Flushing translations on many CPUs (`arch/x86/mm/tlb.c`): which CPUs are interrupted, and
/// whether each drops single pages or everything.
@NullMarked
package org.mapcost.model.tlb;

import org.jspecify.annotations.NullMarked;
