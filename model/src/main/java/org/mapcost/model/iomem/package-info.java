/// The tree of physical address ranges that `/proc/iomem` prints, and the walks through it
/// (`kernel/resource.c`).
///
/// A node keeps its first child and its next sibling; siblings are sorted and do not overlap. There
/// is no index: every question starts at the first top-level node and follows links.
@NullMarked
package org.mapcost.model.iomem;

import org.jspecify.annotations.NullMarked;
