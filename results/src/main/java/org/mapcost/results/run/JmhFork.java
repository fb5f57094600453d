package org.mapcost.results.run;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mapcost.benchmarks.ForkFlags;
import org.mapcost.benchmarks.profile.CountsProfiler;
import org.mapcost.benchmarks.profile.StealProfiler;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkException;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Utils;

/// Runs one fork of one point through JMH.
///
/// The fork gets exactly the flags of [ForkFlags] and what its benchmark's class adds to them,
/// never those that this JVM was started with, and JMH's output goes to a file.
final class JmhFork implements ForkRunner {
  private final Map<String, BenchmarkListEntry> known = Suite.benchmarks();
  private final Plan plan;

  /// @throws InputException if the plan names a benchmark or parameter that is not in this program
  JmhFork(Plan plan) {
    this.plan = plan;
    plan.points().forEach(this::check);
  }

  /// One fork failed; the message says why in one line.
  static final class Failed extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    Failed(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  @Override
  public Collection<RunResult> run(BenchmarkPoint point, Path log) throws Failed {
    try (PrintStream out = new PrintStream(append(log), false, StandardCharsets.UTF_8)) {
      OutputFormat format = OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL);
      Collection<RunResult> results = new Runner(options(point).build(), format).run();
      if (results.isEmpty()) {
        throw new Failed("the fork ended without a result", null);
      }
      return results;
    } catch (RunnerException e) {
      if (String.valueOf(e.getMessage()).contains("the JMH lock")) {
        throw new InputException(
            "another JMH run measures on this host, and two would disturb each other; wait until it"
                + " ends (or set -Djmh.ignoreLock=true).",
            e);
      }
      throw new Failed(reason(e), e);
    }
  }

  private ChainedOptionsBuilder options(BenchmarkPoint point) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(point.benchmark()) + "$")
            .forks(1)
            .warmupForks(0)
            .warmupIterations(plan.warmup().count())
            .warmupTime(TimeValue.milliseconds(plan.warmup().each().toMillis()))
            .measurementIterations(plan.measurement().count())
            .measurementTime(TimeValue.milliseconds(plan.measurement().each().toMillis()))
            .shouldFailOnError(true)
            .addProfiler(CountsProfiler.class)
            .addProfiler(StealProfiler.class)
            .jvm(Utils.getCurrentJvm())
            .jvmArgsPrepend()
            .jvmArgs(ForkFlags.ALL.toArray(String[]::new))
            .jvmArgsAppend(ownFlags(point));
    point.params().forEach(options::param);
    plan.effort().mode().ifPresent(options::mode);
    return options;
  }

  /// The flags that the benchmark's class asks for beyond those of every fork.
  private String[] ownFlags(BenchmarkPoint point) {
    BenchmarkListEntry entry = entry(point);
    return Stream.of(entry.getJvmArgsPrepend(), entry.getJvmArgs(), entry.getJvmArgsAppend())
        .flatMap(flags -> flags.orElse(Collections.emptyList()).stream())
        .filter(flag -> !ForkFlags.ALL.contains(flag))
        .toArray(String[]::new);
  }

  private BenchmarkListEntry entry(BenchmarkPoint point) {
    BenchmarkListEntry entry = known.get(point.benchmark());
    if (entry == null) {
      throw Nearest.unknown("benchmark", point.benchmark(), known.keySet());
    }
    return entry;
  }

  private void check(BenchmarkPoint point) {
    Set<String> declared =
        new TreeSet<>(entry(point).getParams().orElse(Collections.emptyMap()).keySet());
    if (!declared.equals(point.params().keySet())) {
      throw new InputException(
          point.benchmark()
              + " has the parameters "
              + declared
              + ", and the plan gives it "
              + point.params().keySet()
              + ".");
    }
  }

  private static OutputStream append(Path log) {
    try {
      return Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + log, e);
    }
  }

  /// The innermost cause; JMH keeps a fork's exceptions as suppressed ones.
  static String reason(Throwable thrown) {
    Throwable cause = thrown;
    while (true) {
      Throwable inner =
          cause instanceof BenchmarkException && cause.getSuppressed().length > 0
              ? cause.getSuppressed()[0]
              : cause.getCause();
      if (inner == null) {
        return cause.toString().replaceAll("\\s*\\R\\s*", " ");
      }
      cause = inner;
    }
  }
}
