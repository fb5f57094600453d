package org.mapcost.model.whatif;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.cost.Price;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.whatif.LifeForm.Life;

/// Which bill: whose ledger, which of its phases, and who pays.
///
/// @param ledger of a life
/// @param phases those that count
/// @param payer of a price
record BillKind(
    Function<Life, Ledger> ledger, Set<Phase> phases, Function<Price, Uncertain> payer) {
  private static final Set<Phase> WITHOUT_LOAD = EnumSet.complementOf(EnumSet.of(Phase.LOAD));

  /// What the caller pays for the first buffer, the load left out.
  static final BillKind FIRST = new BillKind(Life::first, WITHOUT_LOAD, Price::callerTime);

  /// What other CPUs lose for it.
  static final BillKind STOLEN = new BillKind(Life::first, WITHOUT_LOAD, Price::stolenTime);

  /// What the caller pays for an equal buffer after it.
  static final BillKind LATER =
      new BillKind(Life::later, EnumSet.allOf(Phase.class), Price::callerTime);

  /// What the caller pays for the driver's load.
  static final BillKind LOAD = new BillKind(Life::first, EnumSet.of(Phase.LOAD), Price::callerTime);
}
