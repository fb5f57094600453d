/// Price functions: what single steps, and flushes as rounds, cost on a machine. Each names its
/// formula and what it rests on.
@NullMarked
package org.mapcost.model.machine.price;

import org.jspecify.annotations.NullMarked;
