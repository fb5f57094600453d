/// Published measurements: which of them give prices and which test them, and what the model
/// predicts for those that test them.
@NullMarked
package org.mapcost.results.published;

import org.jspecify.annotations.NullMarked;
