@NullMarked
package org.mapcost.model.workload.trace;

import org.jspecify.annotations.NullMarked;
