/// The command line: thin commands over the model, the runs and the reports.
@NullMarked
package org.mapcost.results.cli;

import org.jspecify.annotations.NullMarked;
