/// Tests of the pictures of the model.
@NullMarked
package org.mapcost.results.figure;

import org.jspecify.annotations.NullMarked;
