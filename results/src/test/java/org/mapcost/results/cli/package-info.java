@NullMarked
package org.mapcost.results.cli;

import org.jspecify.annotations.NullMarked;
