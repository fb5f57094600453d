/// Changing the caching attribute of the kernel's own mapping of pages (`set_memory_*`,
/// `set_pages_array_*`; `arch/x86/mm/pat/set_memory.c`): page by page through the direct map, with
/// splits of its large pages, and with flushes of TLBs and caches afterwards.
@NullMarked
package org.mapcost.model.pageattr;

import org.jspecify.annotations.NullMarked;
