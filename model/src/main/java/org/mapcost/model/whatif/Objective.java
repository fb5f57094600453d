package org.mapcost.model.whatif;

import java.util.List;
import org.mapcost.model.InputException;
import org.mapcost.model.simulation.OperationKind;
import org.mapcost.model.simulation.SimulationResult;
import org.mapcost.model.units.Nanoseconds;

/// What a latency is to be: `p99<50us` of some operation, `fault.p99.9<20us`, `mean<5us`,
/// `max<1ms`.
///
/// @param figure of which latency
/// @param limit nanoseconds it must stay below
public record Objective(LatencyFigure figure, double limit) {
  public Objective {
    if (!(limit > 0)) {
      throw new InputException("an objective is a time above zero, not " + limit + " ns.");
    }
  }

  /// Reads an objective. Throws [InputException] for what is none.
  ///
  /// @param usual the operation where none is named
  public static Objective parse(String text, OperationKind usual) {
    int less = text.indexOf('<');
    String figure = less < 0 ? "" : text.substring(0, less);
    return LatencyFigure.parse(figure, usual)
        .map(each -> new Objective(each, Nanoseconds.parse(text.substring(less + 1)).value()))
        .orElseThrow(() ->
            new InputException(
                "'%s' is no objective: write p99<50us, fault.p99.9<20us, mean<5us or max<1ms."
                    .formatted(text)));
  }

  public OperationKind operation() {
    return figure.operation();
  }

  /// What runs showed of it together, in nanoseconds. Throws [InputException] where the operation
  /// never occurred.
  double of(List<SimulationResult> runs) {
    return figure
        .of(runs)
        .orElseThrow(() ->
            new InputException(
                "no %s occurs in this workload; name another operation, such as fault.p99<50us."
                    .formatted(operation().key())));
  }

  /// `fault p99 below 50.0 us`.
  public String words() {
    return "%s below %s".formatted(figure.words(), new Nanoseconds(limit));
  }
}
