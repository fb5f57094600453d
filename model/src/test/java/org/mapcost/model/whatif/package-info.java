@NullMarked
package org.mapcost.model.whatif;

import org.jspecify.annotations.NullMarked;
