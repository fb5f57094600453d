package org.mapcost.model.cost;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a figure rests on.
///
/// @param sources titles and references of the measurements, without repetition
/// @param unsourced keys of the values that nobody published, such as `prices.tlbsync`; their
///   intervals are wide
public record Provenance(SortedSet<String> sources, SortedSet<String> unsourced) {
  /// Of what needs no source: zero.
  public static final Provenance NOTHING = new Provenance(new TreeSet<>(), new TreeSet<>());

  public Provenance {
    sources = Collections.unmodifiableSortedSet(new TreeSet<>(sources));
    unsourced = Collections.unmodifiableSortedSet(new TreeSet<>(unsourced));
  }

  /// Whether some value behind the figure has no source.
  public boolean restsOnNone() {
    return !unsourced.isEmpty();
  }

  public Provenance and(Provenance other) {
    if (sources.containsAll(other.sources) && unsourced.containsAll(other.unsourced)) {
      return this;
    }
    SortedSet<String> allSources = new TreeSet<>(sources);
    allSources.addAll(other.sources);
    SortedSet<String> allUnsourced = new TreeSet<>(unsourced);
    allUnsourced.addAll(other.unsourced);
    return new Provenance(allSources, allUnsourced);
  }
}
