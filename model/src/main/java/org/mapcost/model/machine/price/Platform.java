package org.mapcost.model.machine.price;

import org.mapcost.model.kernel.Instructions;
import org.mapcost.model.machine.Machine;

/// Where a price holds: a machine, and the instructions of the kernel on it.
public record Platform(Machine machine, Instructions instructions) {
  /// A machine under a kernel, by its name, such as `6.1`.
  public static Platform of(Machine machine, String kernel) {
    return new Platform(machine, Instructions.of(kernel));
  }
}
