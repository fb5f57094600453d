@NullMarked
package org.mapcost.results.run;

import org.jspecify.annotations.NullMarked;
