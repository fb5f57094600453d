@NullMarked
package org.mapcost.model.tlb;

import org.jspecify.annotations.NullMarked;
