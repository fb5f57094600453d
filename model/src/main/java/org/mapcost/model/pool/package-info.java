/// The page pools of graphics drivers: pages whose caching was changed are kept in their new mode,
/// so that the next buffer needs no change (TTM, `drivers/gpu/drm/ttm`).
///
/// A pool hit costs a list operation, a miss an allocation and its share of one attribute change
/// with all flushes. What is kept beyond a limit, or when memory is short, is changed back and
/// released.
@NullMarked
package org.mapcost.model.pool;

import org.jspecify.annotations.NullMarked;
