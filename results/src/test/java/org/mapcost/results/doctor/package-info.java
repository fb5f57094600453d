@NullMarked
package org.mapcost.results.doctor;

import org.jspecify.annotations.NullMarked;
