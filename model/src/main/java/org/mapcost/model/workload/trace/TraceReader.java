package org.mapcost.model.workload.trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;

/// The events of a trace, one after the other, and an account of every line.
///
/// Needs the same memory for any length. Times never go back: an event that is recorded behind a
/// later one, as recorders with a buffer for each CPU write them, is taken to happen with that one,
/// and counted. A last line that was cut off is told apart from damage.
public final class TraceReader implements AutoCloseable {
  /// So many damaged lines are named; further ones are counted.
  public static final int NAMED = 20;

  /// So many names of unknown events are told apart.
  private static final int NAMES = 500;

  /// How the rest of them is called.
  public static final String OTHERS = "(others)";

  private final String file;
  private final InputStream in;
  private final Lines lines;
  private final Map<String, Long> known = new TreeMap<>();
  private final Map<String, Long> unknown = new TreeMap<>();
  private final List<Long> damaged = new ArrayList<>();
  private long number;
  private long damagedLines;
  private long lost;
  private long lostPlaces;
  private long outOfOrder;
  private boolean truncated;
  private int highestCpu = -1;
  private double first = Double.NaN;
  private double now;

  private TraceReader(String file, InputStream in) {
    this.file = file;
    this.in = in;
    this.lines = new Lines(in);
  }

  /// Opens a file. Throws [InputException] where it is missing, unreadable, or a recorder's binary
  /// file.
  public static TraceReader open(Path file) {
    if (Files.isDirectory(file)) {
      throw new InputException(file + ": is a directory; name a file with the text of a trace.");
    }
    refuseBinary(file);
    try {
      return new TraceReader(file.toString(), Files.newInputStream(file));
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /// Reads a stream, which is called `name` in messages.
  public static TraceReader of(String name, InputStream in) {
    return new TraceReader(name, in);
  }

  private static void refuseBinary(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String head = new String(in.readNBytes(10), java.nio.charset.StandardCharsets.ISO_8859_1);
      if (head.startsWith("PERFILE")) {
        throw new InputException(
            file + ": the binary file of perf; give the text of 'perf script -i " + file + "'.");
      }
      if (head.startsWith("tracing", 3)) {
        throw new InputException(
            file
                + ": the binary file of trace-cmd; give the text of 'trace-cmd report "
                + file
                + "'.");
      }
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  private static InputException unreadable(String file, IOException e) {
    return switch (e) {
      case NoSuchFileException none -> new InputException(file + ": no such file.", e);
      case AccessDeniedException denied ->
          new InputException(file + ": permission denied; try it as root.", e);
      default -> new InputException(file + ": cannot be read: " + e.getMessage() + ".", e);
    };
  }

  /// The next event that means something; null behind the last. Its time is never before that of
  /// the one before. Throws [InputException] where the file cannot be read further.
  public @Nullable TraceEvent next() {
    try {
      for (String line = lines.next(); line != null; line = lines.next()) {
        number++;
        TraceLine read = lines.isOverlong() ? new TraceLine.Damaged() : TraceGrammar.read(line);
        switch (read) {
          case TraceLine.Known(TraceEvent event) -> {
            count(known, name(event));
            highestCpu = Math.max(highestCpu, event.origin().cpu());
            passes(event.origin().at());
            return event;
          }
          case TraceLine.Unknown unread when !lines.isComplete() -> truncated = true;
          case TraceLine.Unknown(String name, double at) -> {
            count(unknown, unknown.size() < NAMES || unknown.containsKey(name) ? name : OTHERS);
            passes(at);
          }
          case TraceLine.Lost(long events) -> {
            lost += events;
            lostPlaces++;
          }
          case TraceLine.Damaged() -> damaged();
          case TraceLine.Silent() -> {
            // Nothing to account for.
          }
        }
      }
      return null;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private void damaged() {
    if (!lines.isComplete()) {
      truncated = true;
      return;
    }
    damagedLines++;
    if (damaged.size() < NAMED) {
      damaged.add(number);
    }
  }

  private void passes(double at) {
    if (Double.isNaN(first)) {
      first = at;
      now = at;
    }
    if (at < now) {
      outOfOrder++;
    } else {
      now = at;
    }
  }

  private static void count(Map<String, Long> counts, String name) {
    counts.merge(name, 1L, Long::sum);
  }

  private static String name(TraceEvent event) {
    return switch (event) {
      case TraceEvent.TlbFlush flush -> TraceAccount.flushes(flush.reason());
      case TraceEvent.PageFault fault -> "page fault";
      case TraceEvent.Create create -> "buffer created";
      case TraceEvent.Destroy destroy -> "buffer destroyed";
      case TraceEvent.ObjectFault fault -> "buffer fault";
      case TraceEvent.Move move -> "buffer moved";
    };
  }

  /// When the last event happened, in nanoseconds from the first.
  public double now() {
    return now - first;
  }

  /// The account so far.
  public TraceAccount account() {
    return new TraceAccount(
        file,
        number,
        known,
        unknown,
        damagedLines,
        damaged,
        lost,
        lostPlaces,
        outOfOrder,
        truncated,
        highestCpu,
        Double.isNaN(first) ? 0 : now());
  }

  /// Reads a file to its end; its account. Throws [InputException] where it holds no event at all.
  public static TraceAccount account(Path file) {
    try (TraceReader reader = open(file)) {
      while (reader.next() != null) {
        // Only counted.
      }
      TraceAccount account = reader.account();
      if (account.known().isEmpty() && account.unknown().isEmpty()) {
        throw new InputException(
            file
                + ": no event in it; give the text of ftrace, 'trace-cmd report' or 'perf"
                + " script'.");
      }
      return account;
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }
}
