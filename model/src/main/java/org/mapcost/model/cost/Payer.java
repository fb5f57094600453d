package org.mapcost.model.cost;

/// Whose time an event takes. The two are different bills and are never added.
public enum Payer {
  /// The CPU that asked for the mapping.
  CALLER,
  /// A CPU that is interrupted for it.
  OTHERS,
  /// Every CPU that takes part, the caller among them.
  EACH
}
