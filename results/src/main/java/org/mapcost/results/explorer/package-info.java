/// The local explorer: a page on this host's loopback whose controls ask the commands themselves,
/// so that every number it shows is one that a command line prints.
@NullMarked
package org.mapcost.results.explorer;

import org.jspecify.annotations.NullMarked;
