package org.mapcost.model.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.machine.MachineText.Node;

/// Reads a machine file. Whatever the file says that mapcost does not know is an error.
final class MachineReader {
  private static final List<String> FIELDS =
      List.of("value", "low", "high", "unit", "source", "note");

  private final String file;

  MachineReader(String file) {
    this.file = file;
  }

  /// @param yaml the file's text
  /// @param parents finds the file that this one extends, by name
  Machine read(String yaml, Function<String, Map<Parameter, Quantity>> parents) {
    Node root = MachineText.read(file, yaml);
    Map<Parameter, Quantity> values = values(root, parents);
    return new Machine(text(root, "machine"), text(root, "stands_for"), values);
  }

  /// The values of a file that may leave others open, for one that extends it.
  Map<Parameter, Quantity> readPart(
      String yaml, Function<String, Map<Parameter, Quantity>> parents) {
    return values(MachineText.read(file, yaml), parents);
  }

  private Map<Parameter, Quantity> values(
      Node root, Function<String, Map<Parameter, Quantity>> parents) {
    Map<Parameter, Quantity> values = new EnumMap<>(Parameter.class);
    Node extended = root.keys().get("extends");
    if (extended != null) {
      values.putAll(parents.apply(extended.text()));
    }
    root.keys()
        .forEach((key, node) -> {
          if (!List.of("machine", "stands_for", "extends").contains(key)) {
            section(key, node, values);
          }
        });
    return values;
  }

  private String text(Node root, String key) {
    Node node = root.keys().get(key);
    if (node == null || node.text().isBlank()) {
      throw InputException.at(file, 1, "the key '" + key + "' is missing; add it at the top.");
    }
    return node.text();
  }

  private void section(String key, Node node, Map<Parameter, Quantity> values) {
    Section section =
        Arrays.stream(Section.values())
            .filter(each -> each.key().equals(key))
            .findFirst()
            .orElseThrow(() -> at(node, Nearest.unknown("section", key, topLevelKeys())));
    node.keys()
        .forEach((name, value) -> {
          Parameter parameter = parameter(section, name, value);
          values.put(parameter, quantity(parameter, value));
        });
  }

  private Parameter parameter(Section section, String name, Node node) {
    List<String> known = new ArrayList<>();
    for (Parameter each : Parameter.values()) {
      if (each.section() == section) {
        if (each.key().equals(name)) {
          return each;
        }
        known.add(each.key());
      }
    }
    throw at(node, Nearest.unknown("key in " + section.key(), name, known));
  }

  private Quantity quantity(Parameter parameter, Node node) {
    node.keys()
        .forEach((key, field) -> {
          if (!FIELDS.contains(key)) {
            throw at(field, Nearest.unknown("field of " + parameter.path(), key, FIELDS));
          }
        });
    String unit = field(node, "unit", "");
    String value = required(parameter, node, "value");
    Dimension.Amount best = amount(parameter, node, value, unit);
    Dimension.Amount low = amount(parameter, node, field(node, "low", value), unit);
    Dimension.Amount high = amount(parameter, node, field(node, "high", value), unit);
    if (low.value() > best.value() || best.value() > high.value() || low.value() < 0) {
      throw InputException.at(
          file,
          node.line(),
          parameter.path()
              + " must have 0 <= low <= value <= high, but has %s, %s, %s."
                  .formatted(field(node, "low", value), value, field(node, "high", value)));
    }
    return new Quantity(
        new Interval(low.value(), best.value(), high.value()),
        best.unit(),
        required(parameter, node, "source"),
        field(node, "note", ""));
  }

  private Dimension.Amount amount(Parameter parameter, Node node, String number, String unit) {
    try {
      return parameter.dimension().parse(number + unit);
    } catch (InputException e) {
      throw at(node, e);
    }
  }

  private static String field(Node node, String key, String otherwise) {
    Node field = node.keys().get(key);
    return field == null ? otherwise : field.text();
  }

  private String required(Parameter parameter, Node node, String key) {
    String text = field(node, key, "");
    if (text.isBlank()) {
      throw InputException.at(
          file,
          node.line(),
          parameter.path() + " has no " + key + ": write {value, low, high, unit, source}.");
    }
    return text;
  }

  private InputException at(Node node, InputException cause) {
    return InputException.at(file, node.line(), String.valueOf(cause.getMessage()));
  }

  private static List<String> topLevelKeys() {
    List<String> keys = new ArrayList<>(List.of("machine", "stands_for", "extends"));
    Arrays.stream(Section.values()).map(Section::key).forEach(keys::add);
    return keys;
  }
}
