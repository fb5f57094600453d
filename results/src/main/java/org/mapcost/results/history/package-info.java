/// A series of stored runs: how each benchmark went, where it changed, and which of those changes
/// have a name.
@NullMarked
package org.mapcost.results.history;

import org.jspecify.annotations.NullMarked;
