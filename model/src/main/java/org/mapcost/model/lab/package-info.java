/// The comparison with real kernels: recordings of what unmodified kernels did, call by call
/// (schema `lab/1`), and the model made to do the same. One table, `coverage.yaml`, says for every
/// recorded key which event it is.
@NullMarked
package org.mapcost.model.lab;

import org.jspecify.annotations.NullMarked;
