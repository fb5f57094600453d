package org.mapcost.results.calibrate;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mapcost.model.InputException;

/// How long all may take, and into how many forks that is divided.
///
/// @param total from the start to the end, fitting and writing included
public record Budget(Duration total) {
  /// Below this, no fork would warm up.
  private static final Duration LEAST = Duration.ofSeconds(20);

  /// What is kept for the start of this program and for fitting and writing.
  private static final Duration KEPT = Duration.ofSeconds(4);

  /// A fork that gets less would not warm up.
  private static final Duration SHORTEST = Duration.ofSeconds(5);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,5})\\s*(s|m|min)");

  public Budget {
    if (total.compareTo(LEAST) < 0) {
      throw new InputException(
          "--budget %ds is too short: a fork needs some seconds to warm up. Give %ds or more."
              .formatted(total.toSeconds(), LEAST.toSeconds()));
    }
  }

  /// When this program was started, of `System.nanoTime`: the user's clock runs from there.
  public static long started() {
    long now = System.nanoTime();
    return ProcessHandle.current()
        .info()
        .startInstant()
        .map(start -> now - Duration.between(start, Instant.now()).toNanos())
        .orElse(now);
  }

  /// Reads `60s`, `5m`, `30m`.
  public static Budget parse(String text) {
    Matcher found = TEXT.matcher(text.strip());
    if (!found.matches()) {
      throw new InputException("--budget '" + text + "': write seconds or minutes, as 60s or 5m.");
    }
    long number = Long.parseLong(found.group(1));
    return new Budget(
        found.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMinutes(number));
  }

  /// Two at the least, for an interval, of eight seconds or more; five from a minute on, and more
  /// where there is time.
  int forks() {
    long seconds = total.toSeconds();
    if (seconds < 120) {
      return Math.clamp((seconds - KEPT.toSeconds()) / 8, 2, 5);
    }
    return (int) Math.min(15, 5 + seconds / 60);
  }

  /// The time of one fork, its start included, where so much of the budget is gone.
  Duration ofFork(int done, Duration gone) {
    return left(gone).dividedBy(Math.max(1, forks() - done));
  }

  /// What forks may still take, where so much of the budget is gone.
  Duration left(Duration gone) {
    return total.minus(KEPT).minus(gone);
  }

  /// Whether that is enough for another fork.
  boolean enough(Duration gone) {
    return left(gone).compareTo(SHORTEST) >= 0;
  }
}
