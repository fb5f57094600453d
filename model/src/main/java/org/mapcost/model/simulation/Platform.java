package org.mapcost.model.simulation;

import java.util.OptionalDouble;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.strategy.Strategy;

/// On what a workload runs.
///
/// @param machine whose CPUs and prices
/// @param kernel which behaviour
/// @param tree the resource tree
/// @param strategy how buffers are mapped
/// @param conditions in which state the work finds memory
/// @param handOver nanoseconds to hand a spinlock over, in place of the machine's own
public record Platform(
    Machine machine,
    Kernel kernel,
    ResourceTree tree,
    Strategy strategy,
    Conditions conditions,
    OptionalDouble handOver) {}
