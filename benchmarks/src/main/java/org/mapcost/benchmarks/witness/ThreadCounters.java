package org.mapcost.benchmarks.witness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// What the kernel counts for threads: page faults and changes of context.
///
/// @param minorFaults faults that needed no disk
/// @param majorFaults faults that did
/// @param voluntary times a thread waited
/// @param involuntary times it was preempted
public record ThreadCounters(
    OptionalLong minorFaults,
    OptionalLong majorFaults,
    OptionalLong voluntary,
    OptionalLong involuntary) {
  private static final Path PROCESS = Path.of("/proc/self");
  private static final Path THREAD = Path.of("/proc/thread-self");

  /// Words of `stat` behind the command, which is in brackets and may hold blanks.
  private static final int MINOR = 7;

  private static final int MAJOR = 9;

  /// Of all threads of this process, those that ended included as far as faults go.
  public static ThreadCounters ofProcess() {
    return ofProcess(PROCESS);
  }

  static ThreadCounters ofProcess(Path process) {
    long voluntary = 0;
    long involuntary = 0;
    boolean any = false;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
      for (Path thread : threads) {
        String status = text(thread.resolve("status"));
        OptionalLong one = keyed(status, "voluntary_ctxt_switches:");
        OptionalLong other = keyed(status, "nonvoluntary_ctxt_switches:");
        if (one.isPresent() && other.isPresent()) {
          any = true;
          voluntary += one.getAsLong();
          involuntary += other.getAsLong();
        }
      }
    } catch (IOException e) {
      any = false;
    }
    String stat = text(process.resolve("stat"));
    return new ThreadCounters(
        word(stat, MINOR),
        word(stat, MAJOR),
        any ? OptionalLong.of(voluntary) : OptionalLong.empty(),
        any ? OptionalLong.of(involuntary) : OptionalLong.empty());
  }

  /// Of the calling thread.
  public static ThreadCounters ofThread() {
    String stat = text(THREAD.resolve("stat"));
    String status = text(THREAD.resolve("status"));
    return new ThreadCounters(
        word(stat, MINOR),
        word(stat, MAJOR),
        keyed(status, "voluntary_ctxt_switches:"),
        keyed(status, "nonvoluntary_ctxt_switches:"));
  }

  /// The growth of a counter; absent where it is not known.
  public static OptionalLong grown(OptionalLong before, OptionalLong after) {
    return before.isPresent() && after.isPresent()
        ? OptionalLong.of(after.getAsLong() - before.getAsLong())
        : OptionalLong.empty();
  }

  private static OptionalLong word(String stat, int index) {
    int end = stat.lastIndexOf(')');
    String[] words = stat.substring(end + 1).strip().split("\\s+");
    return words.length > index && words[index].matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(words[index]))
        : OptionalLong.empty();
  }

  private static OptionalLong keyed(String status, String key) {
    return status
        .lines()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()).strip())
        .filter(number -> number.matches("\\d{1,18}"))
        .mapToLong(Long::parseLong)
        .findFirst();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
