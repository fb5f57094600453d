/// Tests of the report.
@NullMarked
package org.mapcost.results.report;

import org.jspecify.annotations.NullMarked;
