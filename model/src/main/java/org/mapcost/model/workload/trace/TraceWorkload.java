package org.mapcost.model.workload.trace;

import java.nio.file.Path;
import java.util.Locale;
import org.mapcost.model.InputException;

/// A recorded trace as a workload file: what clients of what kind would leave such a trace, on
/// average. Bursts and phases of the trace are not in it; a replay has them.
public final class TraceWorkload {
  private final TraceAccount account;
  private final FaultRuns faults = new FaultRuns();
  private final TracedLives lives = new TracedLives();
  private final StringBuilder text = new StringBuilder();

  private TraceWorkload(TraceAccount account) {
    this.account = account;
  }

  /// The text of the workload file.
  ///
  /// Buffers become clients that want one at random moments, with the sizes, the mean life and the
  /// touched share that were recorded. A trace without buffers gives the stretches of memory that
  /// its programs faulted through. Reads the file once more, in constant memory.
  ///
  /// @param account of the file, read before
  /// @param name of the workload
  /// @throws InputException where nothing of it can be made a client
  public static String yaml(Path file, TraceAccount account, String name) {
    TraceWorkload workload = new TraceWorkload(account);
    if (!(account.length() > 0)) {
      throw new InputException(
          file + ": all events at one moment; there is no rate to derive. Record for longer.");
    }
    workload.read(file);
    return workload.write(name);
  }

  private void read(Path file) {
    try (TraceReader reader = TraceReader.open(file)) {
      for (TraceEvent event = reader.next(); event != null; event = reader.next()) {
        double now = reader.now();
        switch (event) {
          case TraceEvent.PageFault fault -> faults.add(fault);
          case TraceEvent.Create create ->
              lives.begin(create.object(), create.pages(), create.vram(), now);
          case TraceEvent.Move move -> lives.begin(move.object(), move.pages(), move.vram(), now);
          case TraceEvent.Destroy destroy -> lives.end(destroy.object(), now);
          case TraceEvent.ObjectFault fault -> lives.touch(fault.object());
          case TraceEvent.TlbFlush flush -> {
            // Follows from what is unmapped.
          }
        }
      }
    }
  }

  private String write(String name) {
    boolean buffers = !lives.isEmpty();
    long faulted = faults.programs().values().stream().mapToLong(FaultRuns.Program::faults).sum();
    if (!buffers && faulted == 0) {
      throw new InputException(
          account.file()
              + ": no buffer is created and no page faulted in it; replay it with 'simulate --trace"
              + " "
              + account.file()
              + "'.");
    }
    comment("Derived from a trace. " + account.sentences().getFirst());
    account.sentences().stream().skip(1).forEach(this::comment);
    comment("Arrivals are taken to come at random (Poisson) at the mean rate recorded; 'simulate");
    comment("--trace' replays the trace with its bursts.");
    if (buffers && faulted > 0) {
      comment(faulted + " page faults of programs are not in it: they are no buffers of a driver.");
    }
    if (lives.unknown() > 0) {
      comment(lives.unknown() + " faults on buffers from before the recording are not in it.");
    }
    line("workload: " + name);
    line("about: \"as recorded in " + quoted(fileName()) + "\"");
    line("strategy: " + (buffers ? "ttm-fault" : "shmem-fault"));
    line("duration: " + Sizes.number(account.length() / 1e6) + "ms");
    line("clients:");
    if (buffers) {
      buffers("vram-buffers", "vram", lives.vram);
      buffers("ram-buffers", "ram", lives.ram);
    } else {
      faults.programs().forEach(this::program);
    }
    return text.toString();
  }

  private String fileName() {
    Path last = Path.of(account.file()).getFileName();
    return last == null ? account.file() : last.toString();
  }

  private static String quoted(String value) {
    return value.replaceAll("[^A-Za-z0-9 ._+-]", "_");
  }

  private void buffers(String name, String memory, TracedLives.Kind kind) {
    if (kind.sizes.count() == 0) {
      return;
    }
    head(name, kind.sizes);
    line("    memory: " + memory);
    line("    mode: wc");
    if (!kind.livesKnown()) {
      comment("    No end of one was recorded: taken to live as long as the trace.");
    }
    line(
        "    lifetime: {exponential: {mean: %sms}}"
            .formatted(Sizes.number(kind.life(account.length()) / 1e6)));
    if (kind.faults() == 0) {
      comment("    No fault on one was recorded: taken to be touched whole.");
    } else {
      line("    touched: " + share(Math.min(1, kind.faults() / kind.sizes.pages())));
    }
  }

  private void program(String name, FaultRuns.Program program) {
    head(name, program.sizes);
    line("    memory: ram");
    line("    mode: wb");
    line("    touched: " + share(program.touched()));
  }

  private void head(String name, Sizes sizes) {
    line("  " + name + ":");
    line(
        "    arrival: {poisson: {rate: %s/s}}"
            .formatted(Sizes.number(sizes.count() * 1e9 / account.length())));
    line("    size: " + sizes.yaml());
  }

  private static String share(double share) {
    return String.format(Locale.ROOT, "%.4f%%", Math.max(1e-4, 100 * share));
  }

  private void comment(String sentence) {
    int indent = sentence.length() - sentence.stripLeading().length();
    line(" ".repeat(indent) + "# " + sentence.strip());
  }

  private void line(String content) {
    text.append(content).append('\n');
  }
}
