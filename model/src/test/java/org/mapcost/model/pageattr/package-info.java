@NullMarked
package org.mapcost.model.pageattr;

import org.jspecify.annotations.NullMarked;
