@NullMarked
package org.mapcost.model.vma;

import org.jspecify.annotations.NullMarked;
