package org.mapcost.results.calibrate;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.mapcost.benchmarks.ForkFlags;
import org.mapcost.benchmarks.host.ProbeFork;
import org.mapcost.benchmarks.host.ProbePoint;

/// Starts one JVM that measures, and reads what it says.
///
/// Its standard input stays open as long as this program lives: when that ends, however it ends, so
/// does the fork.
final class ForkProcess implements Forks {
  private static final Duration SLICE = Duration.ofMillis(7);

  /// What starting, ending and one slice too many take at the most.
  private static final Duration STARTS = Duration.ofMillis(900);

  private static final List<String> MEMORY = List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m");

  /// A probe waits for its compilation: on a busy host a compiler in the background comes too late,
  /// and slow code would be measured, fork after fork alike.
  private static final String COMPILE_FIRST = "-XX:-BackgroundCompilation";

  private static final String WRITE_BACK = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";

  private String said = "";

  @Override
  public ForkReading run(List<ProbePoint> points, Duration time, Duration most, long seed) {
    try {
      Process fork = new ProcessBuilder(command(points, time.minus(STARTS), seed)).start();
      Thread kill = new Thread(fork::destroyForcibly);
      Runtime.getRuntime().addShutdownHook(kill);
      CompletableFuture<List<String>> out = lines(fork.getInputStream());
      CompletableFuture<List<String>> err = lines(fork.getErrorStream());
      try {
        if (!fork.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
          fork.destroyForcibly().waitFor();
        }
      } finally {
        Runtime.getRuntime().removeShutdownHook(kill);
      }
      ForkReading reading = ForkReading.parse(out.join());
      if (!reading.ended()) {
        said = err.join().stream().findFirst().orElse("it was too slow");
      }
      return reading;
    } catch (IOException e) {
      throw new UncheckedIOException("a fork cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public String lastComplaint() {
    return said;
  }

  /// Read beside the wait, so that the fork never waits for a full pipe.
  private static CompletableFuture<List<String>> lines(InputStream from) {
    return CompletableFuture.supplyAsync(() -> {
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          lines.add(line);
        }
        return lines;
      } catch (IOException e) {
        return List.of();
      }
    });
  }

  private static List<String> command(List<ProbePoint> points, Duration time, long seed) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(ForkFlags.SILENT);
    command.addAll(MEMORY);
    command.add(COMPILE_FIRST);
    command.add(WRITE_BACK);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ProbeFork.class.getName());
    command.add(String.valueOf(time.toMillis()));
    command.add(String.valueOf(SLICE.toMillis()));
    command.add(String.valueOf(seed));
    points.forEach(point -> command.add(point.toString()));
    return command;
  }
}
