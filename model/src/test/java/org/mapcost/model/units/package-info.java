@NullMarked
package org.mapcost.model.units;

import org.jspecify.annotations.NullMarked;
