@NullMarked
package org.mapcost.model.strategy;

import org.jspecify.annotations.NullMarked;
