package org.mapcost.model.kernel;

import java.util.Locale;

/// How a kernel's behaviour is known.
public enum Evidence {
  /// Observed in a running kernel, call by call.
  RECORDED,
  /// Read in the source or the disassembly of that version.
  READ,
  /// Concluded from other versions or from patches.
  INFERRED,
  /// Recalled, without a text at hand; a lead.
  RECALLED,
  /// Chosen by the user with `--set`; no kernel is claimed to do this.
  SET;

  /// `recorded`, `read`, ...
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
