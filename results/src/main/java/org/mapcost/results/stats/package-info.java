/// Statistics of benchmark runs: the fork is the unit of replication, and every number is an
/// interval or says that it has none.
@NullMarked
package org.mapcost.results.stats;

import org.jspecify.annotations.NullMarked;
