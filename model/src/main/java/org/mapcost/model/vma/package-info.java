/// User mappings: address spaces, VMA flags, user page tables, and the calls that put a device's or
/// a buffer's pages into them (`mm/memory.c`, `arch/x86/mm/pat/memtype.c`).
@NullMarked
package org.mapcost.model.vma;

import org.jspecify.annotations.NullMarked;
