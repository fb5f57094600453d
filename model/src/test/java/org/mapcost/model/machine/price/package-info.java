/// Tests of price functions.
@NullMarked
package org.mapcost.model.machine.price;

import org.jspecify.annotations.NullMarked;
