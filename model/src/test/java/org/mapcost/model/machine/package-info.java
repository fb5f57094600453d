/// Tests of machine files.
@NullMarked
package org.mapcost.model.machine;

import org.jspecify.annotations.NullMarked;
