package org.mapcost.results.cli;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import picocli.CommandLine.Option;

/// Which stored measurements a command looks at.
final class ResultSelection {
  @Option(
      names = "--include",
      paramLabel = "REGEX",
      description =
          "Only benchmarks whose name, mode and parameters ('a.B.c avgt size=10') contain a match"
              + " (default: all).")
  @Nullable String include;

  @Option(
      names = "--anyway",
      description =
          "Compare although host, JVM or settings differ; otherwise that is refused, and what"
              + " differs is named.")
  boolean anyway;

  Optional<Pattern> include() {
    return pattern("--include", Optional.ofNullable(include));
  }

  /// A regular expression that was typed.
  ///
  /// @throws InputException if it is none; the message names the option and the place
  static Optional<Pattern> pattern(String option, Optional<String> regex) {
    return regex.map(each -> {
      try {
        return Pattern.compile(each);
      } catch (PatternSyntaxException e) {
        throw new InputException(
            option
                + " '"
                + each
                + "' is no regular expression: "
                + e.getDescription()
                + " at character "
                + (e.getIndex() + 1)
                + ".",
            e);
      }
    });
  }
}
