/// x86 PAT memory-type tracking (`arch/x86/mm/pat/memtype.c`): what caching mode a physical page
/// must be mapped with.
@NullMarked
package org.mapcost.model.pat;

import org.jspecify.annotations.NullMarked;
