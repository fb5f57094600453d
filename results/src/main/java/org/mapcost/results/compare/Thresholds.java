package org.mapcost.results.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.units.Nanoseconds;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// What a gate lets pass: a file that is checked in beside the benchmarks.
///
/// ```yaml
/// schema: mapcost/gate/1
/// false_alarms: 5%              # the chance that unchanged code fails the gate, all rows together
/// ruler: 'Calibration\.spin'    # optional: its own change is divided out of every other
/// rules:                        # of each metric the first rule that matches counts
///   - benchmark: 'Parser\.'
///     metric: p0.99
///     relative: 20%
///     absolute: 1us
///   - metric: score
///     relative: 5%
///     absolute: 1ns
/// ```
///
/// @param falseAlarms the chance that unchanged code fails the gate, over all rows together
/// @param ruler the benchmark whose own change is divided out
/// @param rules in the order of the file
public record Thresholds(double falseAlarms, Optional<Pattern> ruler, List<GateRule> rules) {
  static final String SCHEMA = "mapcost/gate/1";

  private static final Pattern EVERYTHING = Pattern.compile("");
  private static final Set<String> KEYS =
      new TreeSet<>(List.of("schema", "false_alarms", "ruler", "rules"));
  private static final Set<String> RULE_KEYS =
      new TreeSet<>(List.of("benchmark", "metric", "relative", "absolute"));

  /// Without a file: scores may get 5 % worse or 1 ns, whichever is more, and instructions 2 %.
  public static final Thresholds USUAL =
      new Thresholds(
          0.05,
          Optional.empty(),
          List.of(
              new GateRule(EVERYTHING, Metric.SCORE, 0.05, 1),
              new GateRule(EVERYTHING, "instructions", 0.02, 1)));

  public Thresholds {
    if (!(falseAlarms > 0 && falseAlarms <= 0.5)) {
      throw new IllegalArgumentException("a chance above 0 and up to a half: " + falseAlarms);
    }
    rules = List.copyOf(rules);
  }

  /// Reads a file of thresholds.
  ///
  /// @throws InputException if it cannot be read or says something unknown; the message names the
  ///   file and the key
  public static Thresholds read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(file + ": there is no such file of thresholds.");
    }
    try {
      @Nullable Map<String, Object> root =
          new YAMLMapper().readValue(file, new TypeReference<Map<String, Object>>() {});
      if (root == null) {
        throw new InputException(file + ": this file of thresholds is empty.");
      }
      return new Reader(file).thresholds(root);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      String reason = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
      throw new InputException(
          file + (line > 0 ? ":" + line : "") + ": not a file of thresholds: " + reason + ".", e);
    }
  }

  /// Reads one file, whose name every message begins with.
  private record Reader(Path file) {
    Thresholds thresholds(Map<String, Object> root) {
      known(root.keySet(), KEYS);
      if (!SCHEMA.equals(root.get("schema"))) {
        throw wrong("schema", "'" + root.get("schema") + "', and this version reads " + SCHEMA);
      }
      List<GateRule> rules = new ArrayList<>();
      if (root.get("rules") instanceof List<?> list) {
        for (Object each : list) {
          rules.add(rule(each, "rules[" + rules.size() + "]"));
        }
      }
      if (rules.isEmpty()) {
        throw wrong("rules", "there is none; a rule has benchmark, metric, relative and absolute");
      }
      double chance = share(root.getOrDefault("false_alarms", "5%"), "false_alarms");
      if (!(chance > 0 && chance <= 0.5)) {
        throw wrong("false_alarms", "'" + root.get("false_alarms") + "' is not in 0 to 50%");
      }
      Optional<Pattern> ruler =
          Optional.ofNullable(root.get("ruler")).map(each -> pattern(each, "ruler"));
      return new Thresholds(chance, ruler, rules);
    }

    private GateRule rule(Object rule, String where) {
      if (!(rule instanceof Map<?, ?> keys)) {
        throw wrong(where, "a rule has benchmark, metric, relative and absolute");
      }
      Set<String> names = new TreeSet<>();
      keys.keySet().forEach(each -> names.add(String.valueOf(each)));
      known(names, RULE_KEYS);
      Object benchmark = keys.get("benchmark");
      Object metric = keys.get("metric");
      Object relative = keys.get("relative");
      Object absolute = keys.get("absolute");
      return new GateRule(
          pattern(benchmark == null ? "" : benchmark, where + ".benchmark"),
          metric == null ? Metric.SCORE : metric.toString(),
          relative == null ? 0 : share(relative, where + ".relative"),
          absolute == null ? 0 : amount(absolute, where + ".absolute"));
    }

    private void known(Set<String> names, Set<String> known) {
      for (String name : names) {
        if (!known.contains(name)) {
          throw new InputException(file + ": " + Nearest.unknown("key", name, known).getMessage());
        }
      }
    }

    private Pattern pattern(Object regex, String where) {
      try {
        return Pattern.compile(regex.toString());
      } catch (PatternSyntaxException e) {
        throw wrong(where, "'" + regex + "' is no regular expression: " + e.getDescription());
      }
    }

    private double share(Object value, String where) {
      String text = value.toString().trim();
      boolean percent = text.endsWith("%");
      double number = number(percent ? text.substring(0, text.length() - 1) : text, where, text);
      return percent ? number / 100 : number;
    }

    /// A bare number, or a time with its unit.
    private double amount(Object value, String where) {
      String text = value.toString().trim();
      if (text.matches("[0-9.]+")) {
        return number(text, where, text);
      }
      try {
        return Nanoseconds.parse(text).value();
      } catch (InputException e) {
        throw wrong(where, e.getMessage() == null ? text : e.getMessage());
      }
    }

    private double number(String digits, String where, String text) {
      try {
        double number = Double.parseDouble(digits.trim());
        if (number >= 0 && Double.isFinite(number)) {
          return number;
        }
      } catch (NumberFormatException e) {
        throw wrong(where, "'" + text + "' is no number; write 5% or 0.05");
      }
      throw wrong(where, "'" + text + "' is below zero");
    }

    private InputException wrong(String where, String what) {
      return new InputException(file + ": " + where + ": " + what + ".");
    }
  }
}
