package org.mapcost.benchmarks.profile;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.ScalarResult;

/// How a result says that its number is not of what it was meant to be of: with a secondary result
/// [#NAME], 1 in an iteration in which a witness saw the intended path run and 0 in one in which a
/// witness saw that it did not. Where no witness can tell there is no such result.
///
/// `mapcost bench`, `diff`, `gate` and `history` keep a measurement with a 0 anywhere and say "not
/// exercised" in place of what they would make of its number. Any JMH profiler may report it, of
/// any project.
public final class Exercised {
  /// The secondary result's name.
  public static final String NAME = "exercised";

  private static final AtomicReference<@Nullable Boolean> SEEN = new AtomicReference<>();

  private Exercised() {}

  /// What a benchmark's own witness saw in the iteration that ends, for [CountsProfiler] to hand
  /// over. Of several threads one that failed decides.
  public static void report(boolean ran) {
    SEEN.accumulateAndGet(ran, (seen, now) -> seen == null ? now : (Boolean) (seen && now));
  }

  /// What was reported since the last time; empty where nothing was.
  static Optional<ScalarResult> reported() {
    return Optional.ofNullable(SEEN.getAndSet(null)).map(Exercised::result);
  }

  /// What a profiler hands to JMH after an iteration. Over iterations and forks JMH shows the
  /// smallest: 0 if the path failed to run in one of them.
  public static ScalarResult result(boolean ran) {
    return new ScalarResult(NAME, ran ? 1 : 0, "", AggregationPolicy.MIN);
  }
}
