/// Tests of the scripts.
@NullMarked
package org.mapcost.model.script;

import org.jspecify.annotations.NullMarked;
