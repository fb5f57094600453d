@NullMarked
package org.mapcost.model.lab;

import org.jspecify.annotations.NullMarked;
