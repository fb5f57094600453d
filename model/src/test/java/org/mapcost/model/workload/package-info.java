@NullMarked
package org.mapcost.model.workload;

import org.jspecify.annotations.NullMarked;
