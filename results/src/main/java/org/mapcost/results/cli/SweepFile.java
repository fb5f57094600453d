package org.mapcost.results.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mapcost.model.InputException;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.whatif.Range;
import org.mapcost.model.whatif.Setup;
import org.mapcost.model.whatif.Sweep;

/// A sweep of any size as a CSV file: one row for each point and strategy, numbers with a point and
/// no unit, so that any data frame reads it.
///
/// Rows go to `FILE.part`, beside `FILE.part.question` that says what is asked; at the end the file
/// gets its name. Killed at any moment, the sweep goes on behind the last whole point. The result
/// is the same, byte for byte.
final class SweepFile {
  private static final int CHUNK = 2048;
  private static final long REPORT_NANOS = 1_000_000_000L;

  private final Path file;
  private final Path part;
  private final Path question;
  private final Sweep sweep;

  SweepFile(Path file, Sweep sweep) {
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    this.question = file.resolveSibling(file.getFileName() + ".part.question");
    this.sweep = sweep;
  }

  /// Writes all points. Throws [InputException] where files are in the way.
  ///
  /// @param resume whether to go on with an unfinished file
  /// @param force whether to overwrite the file, or to begin an unfinished one anew
  void write(boolean resume, boolean force, PrintWriter progress) {
    if (Files.exists(file) && !force) {
      throw new InputException(file + " is there already; give --force to overwrite it.");
    }
    String asked = describe();
    sweep.check();
    try {
      boolean goOn = resume && Files.exists(part);
      if (!goOn && Files.exists(part) && !force) {
        throw new InputException(
            part + " is an unfinished sweep: give --resume to go on, or --force to begin anew.");
      }
      if (goOn && !(Files.exists(question) && Files.readString(question).equals(asked))) {
        throw new InputException(
            part + " answers another question; give the same options, or --force to begin anew.");
      }
      if (!goOn) {
        Files.writeString(question, asked);
      }
      try (FileChannel channel =
          FileChannel.open(
              part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        locked(channel, goOn, progress);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Files.deleteIfExists(question);
      progress.printf("mapcost: %s: %,d points.%n", file, sweep.size());
    } catch (IOException e) {
      throw new InputException(file + ": cannot be written (" + e.getMessage() + ").", e);
    }
  }

  private void locked(FileChannel channel, boolean goOn, PrintWriter progress) throws IOException {
    try (FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw inUse();
      }
      long done = goOn ? wholePoints(channel) : start(channel);
      if (done > 0) {
        progress.printf("mapcost: going on behind point %,d of %,d.%n", done, sweep.size());
      }
      stream(channel, done, progress);
    } catch (OverlappingFileLockException e) {
      throw inUse();
    }
  }

  private InputException inUse() {
    return new InputException(part + " is being written by another sweep; wait for it.");
  }

  /// What the file answers: another answer to this must be the same.
  String describe() {
    List<String> lines = new ArrayList<>();
    lines.add("version " + Version.version() + " " + Version.revision());
    lines.add("strategies " + sweep.strategies().stream().map(Strategy::name).toList());
    for (Range range : sweep.ranges()) {
      lines.add(
          "%s %s..%s, %d values, the second %s"
              .formatted(
                  range.key().name(),
                  range.text(0L),
                  range.text(range.size() - 1),
                  range.size(),
                  range.text(1L)));
    }
    Setup base = sweep.base();
    lines.add("free " + sweep.costs().free());
    lines.add("machine " + base.machine());
    lines.add("kernel " + base.kernel().label());
    lines.add("tree " + base.tree().nodes().stream().map(Resource::toString).toList());
    lines.add("growth " + base.growth());
    lines.add("memtypes " + base.memtypes());
    lines.add(
        "buffer %d pages of %s at %s, %s, touched %s"
            .formatted(
                base.pages(),
                base.memory().key(),
                base.at(),
                base.mode().key(),
                base.touch().key()));
    lines.add("pool " + base.pool() + " " + base.conditions());
    return String.join("\n", lines) + "\n";
  }

  private long start(FileChannel channel) throws IOException {
    channel.truncate(0);
    append(channel, bytes(SweepRows.header(sweep)));
    return 0;
  }

  /// Cuts off what a kill left of an unfinished point, and answers how many points are whole.
  private long wholePoints(FileChannel channel) throws IOException {
    int rows = sweep.strategies().size();
    byte[] head = bytes(SweepRows.header(sweep));
    long lines = 0;
    long wholeEnd = 0;
    long whole = -1;
    long at = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(part), 1 << 20)) {
      byte[] block = new byte[1 << 16];
      for (int read = in.read(block); read > 0; read = in.read(block)) {
        for (int i = 0; i < read; i++) {
          at++;
          if (block[i] == '\n') {
            lines++;
            if ((lines - 1) % rows == 0) {
              wholeEnd = at;
              whole = (lines - 1) / rows;
            }
          }
        }
      }
    }
    if (whole < 0 || wholeEnd < head.length) {
      return start(channel);
    }
    channel.truncate(wholeEnd);
    channel.position(wholeEnd);
    return whole;
  }

  private void stream(FileChannel channel, long done, PrintWriter progress) throws IOException {
    long begun = System.nanoTime();
    long told = begun;
    SweepBlocks rows = new SweepBlocks(sweep);
    for (long from = done; from < sweep.size(); from += CHUNK) {
      long to = Math.min(sweep.size(), from + CHUNK);
      for (String block : rows.of(from, to)) {
        append(channel, bytes(block));
      }
      long now = System.nanoTime();
      if (now - told > REPORT_NANOS) {
        told = now;
        progress.println(pace(to, to - done, now - begun));
        progress.flush();
      }
    }
    channel.force(false);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String pace(long at, long made, long nanos) {
    double perSecond = made * 1e9 / nanos;
    Duration left = Duration.ofSeconds(Math.round((sweep.size() - at) / perSecond));
    return String.format(
        Locale.ROOT,
        "mapcost: %.1f %%, %,d of %,d points, %,.0f a second, %s left.",
        100.0 * at / sweep.size(),
        at,
        sweep.size(),
        perSecond,
        left.toString().substring(2).toLowerCase(Locale.ROOT));
  }

  private static void append(FileChannel channel, byte[] text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
