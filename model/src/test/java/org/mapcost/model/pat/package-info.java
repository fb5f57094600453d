@NullMarked
package org.mapcost.model.pat;

import org.jspecify.annotations.NullMarked;
