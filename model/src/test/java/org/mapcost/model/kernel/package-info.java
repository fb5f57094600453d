@NullMarked
package org.mapcost.model.kernel;

import org.jspecify.annotations.NullMarked;
