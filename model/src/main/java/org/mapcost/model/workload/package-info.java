/// What clients ask for over time: buffers of some sizes, mapped, touched and given back, as a file
/// or a recorded trace says. Holds no prices.
@NullMarked
package org.mapcost.model.workload;

import org.jspecify.annotations.NullMarked;
