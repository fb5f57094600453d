/// The pictures of the model: what each chart of costs, counts, pools and latencies shows, for a
/// machine, a kernel and a buffer of the reader's choice.
@NullMarked
package org.mapcost.results.figure;

import org.jspecify.annotations.NullMarked;
