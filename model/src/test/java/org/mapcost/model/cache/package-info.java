@NullMarked
package org.mapcost.model.cache;

import org.jspecify.annotations.NullMarked;
