@NullMarked
package org.mapcost.results.published;

import org.jspecify.annotations.NullMarked;
