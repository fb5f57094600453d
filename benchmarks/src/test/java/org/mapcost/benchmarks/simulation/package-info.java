/// The speed of the simulation: its event loop beside that of another simulator on the same queue,
/// and whole workloads. Kept among the tests, for the other simulator is nothing that mapcost needs
/// to run.
@NullMarked
package org.mapcost.benchmarks.simulation;

import org.jspecify.annotations.NullMarked;
