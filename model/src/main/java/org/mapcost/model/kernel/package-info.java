/// Kernel files: which behaviour each kernel version has, and how that is known.
@NullMarked
package org.mapcost.model.kernel;

import org.jspecify.annotations.NullMarked;
