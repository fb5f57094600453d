package org.mapcost.model.strategy;

import java.util.List;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;

/// In which order a program touches the pages of its mapping.
public sealed interface TouchOrder {
  /// From the first page to the last.
  TouchOrder SEQUENTIAL = new Stride(1);

  /// Calls `touch` with page numbers from 0 to `pages - 1`, in this order.
  void forEach(long pages, LongConsumer touch);

  /// How it is written: `sequential`, `stride:16`, ...
  String key();

  /// Whether the touches write; otherwise they read. Reads fault as writes do, but copy nothing.
  boolean writes();

  /// Reads every page from the first to the last.
  record Read() implements TouchOrder {
    @Override
    public void forEach(long pages, LongConsumer touch) {
      SEQUENTIAL.forEach(pages, touch);
    }

    @Override
    public boolean writes() {
      return false;
    }

    @Override
    public String key() {
      return "read";
    }
  }

  /// Every k-th page from the first; the pages between are never touched.
  record Stride(long step) implements TouchOrder {
    public Stride {
      if (step < 1) {
        throw new IllegalArgumentException("a stride is at least 1, not " + step);
      }
    }

    @Override
    public void forEach(long pages, LongConsumer touch) {
      for (long page = 0; page < pages; page += step) {
        touch.accept(page);
      }
    }

    @Override
    public boolean writes() {
      return true;
    }

    @Override
    public String key() {
      return step == 1 ? "sequential" : "stride:" + step;
    }
  }

  /// From the last page to the first: the worst case for a handler that maps ahead.
  record Reverse() implements TouchOrder {
    @Override
    public void forEach(long pages, LongConsumer touch) {
      for (long page = pages - 1; page >= 0; page--) {
        touch.accept(page);
      }
    }

    @Override
    public boolean writes() {
      return true;
    }

    @Override
    public String key() {
      return "reverse";
    }
  }

  /// Every page once, in a random order that the seed fixes.
  record Random(long seed) implements TouchOrder {
    @Override
    public void forEach(long pages, LongConsumer touch) {
      int[] order = new int[Math.toIntExact(pages)];
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      for (int i = 0; i < order.length; i++) {
        int other = random.nextInt(i + 1);
        order[i] = order[other];
        order[other] = i;
      }
      for (int page : order) {
        touch.accept(page);
      }
    }

    @Override
    public boolean writes() {
      return true;
    }

    @Override
    public String key() {
      return "random:" + seed;
    }
  }

  /// Reads `sequential`, `read`, `reverse`, `stride:K`, `random:SEED`.
  static TouchOrder parse(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    return switch (kind) {
      case "sequential" -> SEQUENTIAL;
      case "read" -> new Read();
      case "reverse" -> new Reverse();
      case "stride" -> new Stride(number(text, colon, 1));
      case "random" -> new Random(number(text, colon, Long.MIN_VALUE));
      default ->
          throw Nearest.unknown(
              "touch order",
              text,
              List.of("sequential", "read", "reverse", "stride:K", "random:SEED"));
    };
  }

  private static long number(String text, int colon, long least) {
    try {
      long number = Long.parseLong(text.substring(colon + 1));
      if (colon >= 0 && number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the message below.
    }
    throw new InputException(
        "'" + text + "' needs a number behind a colon, such as stride:16 or random:42.");
  }
}
