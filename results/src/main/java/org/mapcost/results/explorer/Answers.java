package org.mapcost.results.explorer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.Svg;
import org.mapcost.results.chart.Theme;
import tools.jackson.databind.json.JsonMapper;

/// Makes the answers to the page's questions, and keeps the last of them.
///
/// As many are made at a time as there are processors, first come first served; whoever asks what
/// is being made waits for it.
final class Answers {
  private static final int KEPT = 512;
  private static final int NARROW = 520;
  private static final int NARROW_HEIGHT = 580;

  private final Asker asker;
  private final Semaphore processors =
      new Semaphore(Runtime.getRuntime().availableProcessors(), true);
  private final Map<String, CompletableFuture<byte[]>> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompletableFuture<byte[]>> eldest) {
          return size() > KEPT;
        }
      };
  private final JsonMapper json = JsonMapper.builder().build();

  Answers(Asker asker) {
    this.asker = asker;
  }

  /// What there is to choose from.
  byte[] choices() {
    Map<String, Object> choices = new LinkedHashMap<>();
    choices.put("machines", Machines.all().stream().map(Answers::machine).toList());
    choices.put("kernels", Kernels.names());
    choices.put("trees", Question.trees());
    choices.put("pools", Arrays.stream(PoolKind.values()).map(PoolKind::key).toList());
    choices.put("strategies", Strategies.all().stream().map(Answers::strategy).toList());
    choices.put("most_cpus", Question.MOST_CPUS);
    choices.put("most_nodes", Question.MOST_NODES);
    choices.put("most_buffer", Question.MOST_BUFFER.value());
    return json.writeValueAsBytes(choices);
  }

  private static Map<String, Object> machine(Machine machine) {
    return Map.of("name", machine.name(), "cpus", machine.cpus());
  }

  private static Map<String, Object> strategy(Strategy strategy) {
    return Map.of("name", strategy.name(), "description", strategy.description());
  }

  /// The answer of `compare`, as it prints it, and the command line that does.
  byte[] compare(Question question) {
    List<String> words = question.compare();
    return once(
        "compare " + question,
        () ->
            bytes(
                "{\"command\":"
                    + json.writeValueAsString(line(words))
                    + ",\"answer\":"
                    + asker.json(words).strip()
                    + "}"));
  }

  /// Where the cheapest strategy changes with the buffer's size, as `whatif` prints it.
  byte[] crossovers(Question question) {
    List<String> words = question.crossovers();
    return once(
        "crossovers " + question,
        () ->
            bytes(
                "{\"command\":"
                    + json.writeValueAsString(line(words))
                    + ",\"answer\":"
                    + asker.json(words).strip()
                    + "}"));
  }

  /// A chart as SVG in the light theme's colours.
  byte[] chart(Question question, Question.Kind kind, boolean narrow) {
    return once(
        kind + " " + narrow + " " + question,
        () -> {
          Figure figure = asker.picture(question.chart(kind)).figure();
          return bytes(
              Svg.of(
                  figure,
                  Theme.LIGHT,
                  narrow ? NARROW : Figure.WIDTH,
                  narrow ? NARROW_HEIGHT : Figure.HEIGHT,
                  Svg.Letters.TEXT,
                  figure.name()));
        });
  }

  private byte[] once(String key, Supplier<byte[]> maker) {
    CompletableFuture<byte[]> mine = new CompletableFuture<>();
    CompletableFuture<byte[]> known;
    synchronized (kept) {
      known = kept.putIfAbsent(key, mine);
    }
    if (known != null) {
      return joined(known);
    }
    processors.acquireUninterruptibly();
    try {
      mine.complete(maker.get());
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
      synchronized (kept) {
        kept.remove(key, mine);
      }
    } finally {
      processors.release();
    }
    return joined(mine);
  }

  private static byte[] joined(CompletableFuture<byte[]> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// As it is typed: no word of a question needs quotes.
  static String line(List<String> words) {
    return words.stream().collect(Collectors.joining(" ", "scripts/mapcost ", ""));
  }
}
