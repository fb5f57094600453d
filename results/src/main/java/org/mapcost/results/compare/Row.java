package org.mapcost.results.compare;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mapcost.results.run.Measurement;
import org.mapcost.results.stats.Ratio;

/// One metric of one benchmark, in two results.
///
/// @param measurement A's
/// @param metric A's
/// @param a the median over A's forks
/// @param b the median over B's
/// @param forksOfA how many forks A has a number of
/// @param forksOfB the same of B
/// @param ratio how many times as large B is as A, where that can be said
/// @param withoutSteal the same without the iterations in which the hypervisor took CPU time, where
///   there are such
/// @param verdict in B's favour or not
/// @param notes sentences on the data, and on why there is no ratio
public record Row(
    Measurement measurement,
    Metric metric,
    OptionalDouble a,
    OptionalDouble b,
    int forksOfA,
    int forksOfB,
    Optional<Ratio> ratio,
    Optional<Ratio> withoutSteal,
    Verdict verdict,
    List<String> notes) {
  public Row {
    notes = List.copyOf(notes);
  }
}
