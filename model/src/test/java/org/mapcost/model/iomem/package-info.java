@NullMarked
package org.mapcost.model.iomem;

import org.jspecify.annotations.NullMarked;
