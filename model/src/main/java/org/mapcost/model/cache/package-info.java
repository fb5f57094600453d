/// Writing caches back to memory: line by line on the calling CPU (`clflush_cache_range`), or all
/// caches of every CPU (`wbinvd_on_all_cpus`).
///
/// What a flush finds in the cache, and what it costs to fill it again, depends on the machine and
/// belongs to the prices.
@NullMarked
package org.mapcost.model.cache;

import org.jspecify.annotations.NullMarked;
