package org.mapcost.results.run;

/// The mapcost that made a run.
///
/// @param version `0.1.0`
/// @param revision the git commit it was built from, `unknown` outside a checkout
/// @param dirty whether that checkout had uncommitted changes
public record Build(String version, String revision, boolean dirty) {}
