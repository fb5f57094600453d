@NullMarked
package org.mapcost.results;

import org.jspecify.annotations.NullMarked;
