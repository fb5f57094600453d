package org.mapcost.model.workload;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.units.Nanoseconds;
import org.mapcost.model.workload.WorkloadText.Node;

/// Keys of one place in the file.
final class WorkloadValues {
  private final Map<String, Node> keys;
  private final String where;
  private final Node whole;

  WorkloadValues(Map<String, Node> keys, String where, List<String> known, Node whole) {
    this.keys = keys;
    this.where = where;
    this.whole = whole;
    keys.forEach((key, node) -> {
      if (!known.contains(key)) {
        throw node.error(
            String.valueOf(Nearest.unknown("key of " + where, key, known).getMessage()));
      }
    });
  }

  Node whole() {
    return whole;
  }

  @Nullable Node node(String key) {
    return keys.get(key);
  }

  WorkloadValues within(String key, List<String> known) {
    Node node = keys.get(key);
    return new WorkloadValues(
        node == null ? Map.of() : node.keys(),
        where + ", " + key,
        known,
        node == null ? whole : node);
  }

  InputException error(String key, String cause) {
    Node node = keys.get(key);
    return (node == null ? whole : node).error(key + ": " + cause + ".");
  }

  Optional<String> optional(String key) {
    return Optional.ofNullable(keys.get(key)).map(Node::text).filter(text -> !text.isBlank());
  }

  /// The text of a key; without a default it must be there.
  String text(String key, String otherwise) {
    String text = optional(key).orElse(otherwise);
    if (text.isEmpty() && !key.equals("about")) {
      throw error(key, "the key is missing in " + where + "; add it");
    }
    return text;
  }

  <T> T convert(String key, Function<String, T> how) {
    return convert(key, "", how);
  }

  <T> T convert(String key, String otherwise, Function<String, T> how) {
    String text = text(key, otherwise);
    try {
      return how.apply(text);
    } catch (InputException | IllegalArgumentException e) {
      String cause = String.valueOf(e.getMessage());
      throw error(key, cause.endsWith(".") ? cause.substring(0, cause.length() - 1) : cause);
    }
  }

  String choice(String key, String otherwise, List<String> known) {
    return convert(
        key,
        otherwise,
        text -> {
          if (!known.contains(text)) {
            throw Nearest.unknown("value", text, known);
          }
          return text;
        });
  }

  long whole(String key, String otherwise, long least, long most) {
    return convert(
        key,
        otherwise,
        text -> {
          try {
            long number = Long.parseLong(text.replace("_", ""));
            if (number >= least && number <= most) {
              return number;
            }
          } catch (NumberFormatException e) {
            // Falls through to the message below.
          }
          throw new InputException(
              "'%s' is no whole number from %d to %d".formatted(text, least, most));
        });
  }

  /// Nanoseconds.
  double time(String key, String otherwise, boolean aboveZero) {
    return convert(key, otherwise, text -> time(text, aboveZero));
  }

  private static double time(String text, boolean aboveZero) {
    double ns = Nanoseconds.parse(text).value();
    if (aboveZero && !(ns > 0)) {
      throw new InputException("'" + text + "' must be above zero: write, for example, 10ms");
    }
    return ns;
  }

  /// A share, `80%` or `0.8`.
  double share(String key, String otherwise, boolean upToOne) {
    return convert(
        key,
        otherwise,
        text -> {
          boolean percent = text.endsWith("%");
          double value = number(percent ? text.substring(0, text.length() - 1) : text);
          double share = percent ? value / 100 : value;
          if (!(share > 0) || (upToOne && share > 1)) {
            throw new InputException("'" + text + "' is no share: write 1% to 100%");
          }
          return share;
        });
  }

  /// How often a second.
  double rate(String key) {
    return convert(
        key,
        text -> {
          if (!text.endsWith("/s")) {
            throw new InputException("'" + text + "' is no rate: write, for example, 100/s");
          }
          double rate = number(text.substring(0, text.length() - 2));
          if (!(rate > 0)) {
            throw new InputException(
                "'" + text + "' is no rate: it must be above zero, such as 100/s");
          }
          return rate;
        });
  }

  private static double number(String text) {
    try {
      double value = Double.parseDouble(text.strip());
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the message below.
    }
    throw new InputException("'" + text + "' is no number");
  }

  Distribution times(String key) {
    return distribution(key, text -> time(text, false));
  }

  /// A value, or `{NAME: {...}}`.
  Distribution distribution(String key, Function<String, Double> unit) {
    Node node = keys.get(key);
    if (node == null) {
      throw error(key, "the key is missing in " + where + "; add it");
    }
    if (node.keys().isEmpty()) {
      return new Distribution.Fixed(convert(key, unit));
    }
    WorkloadValues kinds =
        within(key, List.of("exponential", "uniform", "lognormal", "pareto", "empirical"));
    String kind = node.keys().keySet().iterator().next();
    if (node.keys().size() != 1) {
      throw error(key, "one distribution, not " + node.keys().size());
    }
    try {
      return switch (kind) {
        case "exponential" -> {
          WorkloadValues of = kinds.within(kind, List.of("mean"));
          yield new Distribution.Exponential(of.convert("mean", unit));
        }
        case "uniform" -> {
          WorkloadValues of = kinds.within(kind, List.of("low", "high"));
          yield new Distribution.Uniform(of.convert("low", unit), of.convert("high", unit));
        }
        case "lognormal" -> {
          WorkloadValues of = kinds.within(kind, List.of("median", "sigma", "max"));
          yield new Distribution.Lognormal(
              of.convert("median", unit),
              of.convert("sigma", WorkloadValues::number),
              of.most(unit));
        }
        case "pareto" -> {
          WorkloadValues of = kinds.within(kind, List.of("min", "shape", "max"));
          yield new Distribution.Pareto(
              of.convert("min", unit), of.convert("shape", WorkloadValues::number), of.most(unit));
        }
        default -> empirical(node, kinds, unit);
      };
    } catch (IllegalArgumentException e) {
      throw error(key, String.valueOf(e.getMessage()));
    }
  }

  private double most(Function<String, Double> unit) {
    return keys.containsKey("max") ? convert("max", unit) : Double.POSITIVE_INFINITY;
  }

  private static Distribution empirical(
      Node node, WorkloadValues kinds, Function<String, Double> unit) {
    Node values = kinds.node("empirical");
    if (values == null || values.keys().isEmpty()) {
      throw node.error("empirical: write the values with their weights: {4MiB: 3, 8MiB: 1}.");
    }
    double[] drawn = new double[values.keys().size()];
    double[] weights = new double[drawn.length];
    int i = 0;
    for (Map.Entry<String, Node> entry : values.keys().entrySet()) {
      try {
        drawn[i] = unit.apply(entry.getKey());
        weights[i++] = number(entry.getValue().text());
      } catch (InputException e) {
        throw entry.getValue().error("empirical: " + e.getMessage());
      }
    }
    return new Distribution.Empirical(drawn, weights);
  }
}
