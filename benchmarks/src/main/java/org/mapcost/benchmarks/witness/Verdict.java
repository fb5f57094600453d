package org.mapcost.benchmarks.witness;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Whether what was to be measured took place.
///
/// @param outcome the verdict
/// @param reason the counts it rests on, in a sentence without its full stop
/// @param perOperation what was counted for each operation; absent where nothing is
public record Verdict(Outcome outcome, String reason, OptionalDouble perOperation) {
  /// Below this share of the interrupts that were expected, the path did not run. A peer that is
  /// preempted now and then leaves most of them; one that never runs leaves next to none.
  public static final double ENOUGH = 0.5;

  /// The three answers.
  public enum Outcome {
    EXERCISED("exercised"),
    NOT_EXERCISED("not exercised"),
    /// There is no counter to tell.
    UNKNOWN("not known to be exercised");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /// One that rests on no count.
  public Verdict(Outcome outcome, String reason) {
    this(outcome, reason, OptionalDouble.empty());
  }

  /// For operations of which each is to interrupt so many other CPUs.
  ///
  /// @param row the row of `/proc/interrupts` that counts them
  /// @param counted how far it rose, absent where the host does not show it
  /// @param operations how many were done
  /// @param targets CPUs that each was to interrupt; 0 where nobody was to be
  public static Verdict ofInterrupts(
      Interrupts.Row row, OptionalLong counted, long operations, int targets) {
    if (counted.isEmpty()) {
      return new Verdict(Outcome.UNKNOWN, "/proc/interrupts shows no row " + row + " on this host");
    }
    String rose =
        "row %s rose by %d in %d operations".formatted(row, counted.getAsLong(), operations);
    OptionalDouble share = share(counted, operations);
    if (targets == 0) {
      return new Verdict(
          Outcome.NOT_EXERCISED, rose + ", and no other CPU was to be interrupted", share);
    }
    double expected = (double) operations * targets;
    boolean enough = operations > 0 && counted.getAsLong() >= ENOUGH * expected;
    return new Verdict(
        enough ? Outcome.EXERCISED : Outcome.NOT_EXERCISED,
        String.format(Locale.ROOT, "%s, where %.0f were expected", rose, expected),
        share);
  }

  /// For operations of which each is to take so many page faults.
  public static Verdict ofFaults(OptionalLong counted, long operations, double faults) {
    if (counted.isEmpty()) {
      return new Verdict(Outcome.UNKNOWN, "/proc shows no faults of this thread");
    }
    double expected = operations * faults;
    boolean enough = operations > 0 && counted.getAsLong() >= ENOUGH * expected;
    return new Verdict(
        enough ? Outcome.EXERCISED : Outcome.NOT_EXERCISED,
        String.format(
            Locale.ROOT,
            "%d faults in %d operations, where %.0f were expected",
            counted.getAsLong(),
            operations,
            expected),
        share(counted, operations));
  }

  private static OptionalDouble share(OptionalLong counted, long operations) {
    return operations > 0
        ? OptionalDouble.of((double) counted.orElseThrow() / operations)
        : OptionalDouble.empty();
  }

  public boolean exercised() {
    return outcome == Outcome.EXERCISED;
  }

  /// Whether it is known that the path did not run.
  public boolean refuted() {
    return outcome == Outcome.NOT_EXERCISED;
  }

  @Override
  public String toString() {
    return outcome + ": " + reason;
  }
}
