/// Run folders: what one run of the benchmarks leaves behind, and how it is read again.
@NullMarked
package org.mapcost.results.run;

import org.jspecify.annotations.NullMarked;
