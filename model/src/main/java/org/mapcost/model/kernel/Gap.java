package org.mapcost.model.kernel;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// A stretch of point releases in which a change came, where in it is not known.
///
/// @param before the last release known to be without the change
/// @param after the first release known to have it
/// @param changed what changed, each with its value in `after`; a release in the gap is assumed to
///   be as `before`
public record Gap(String before, String after, Map<Behaviour, String> changed) {
  public Gap {
    changed = Collections.unmodifiableMap(new EnumMap<>(changed));
  }
}
