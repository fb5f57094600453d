package org.mapcost.model.strategy;

/// Which kernels have a strategy.
///
/// @param since the first release, such as `5.6`; empty for all that are modelled
/// @param until the last one; empty while it lasts
/// @param proposal whether no kernel has it
public record Availability(String since, String until, boolean proposal) {
  /// Every modelled kernel.
  static final Availability ALWAYS = new Availability("", "", false);

  /// An answer that the discussion considered, or a bound: no kernel has it.
  static final Availability PROPOSAL = new Availability("", "", true);

  /// From a release on.
  static Availability since(String release) {
    return new Availability(release, "", false);
  }

  /// In words: `all`, `5.6 and later`, `5.7 to 5.15`, `none`.
  public String inWords() {
    if (proposal) {
      return "none";
    }
    if (since.isEmpty()) {
      return until.isEmpty() ? "all" : "up to " + until;
    }
    return until.isEmpty() ? since + " and later" : since + " to " + until;
  }
}
