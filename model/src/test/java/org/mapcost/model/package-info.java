@NullMarked
package org.mapcost.model;

import org.jspecify.annotations.NullMarked;
