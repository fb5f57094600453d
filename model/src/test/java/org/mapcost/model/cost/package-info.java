@NullMarked
package org.mapcost.model.cost;

import org.jspecify.annotations.NullMarked;
