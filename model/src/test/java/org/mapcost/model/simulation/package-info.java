@NullMarked
package org.mapcost.model.simulation;

import org.jspecify.annotations.NullMarked;
