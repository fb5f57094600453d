package org.mapcost.results.calibrate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.mapcost.model.machine.Dimension;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.Quantity;
import org.mapcost.model.machine.Section;
import org.mapcost.results.run.WholeFile;

/// A calibration as a machine file: every value with its interval, unit, source and note.
public final class MachineFile {
  private static final MathContext DIGITS = new MathContext(5);

  private MachineFile() {}

  /// Writes it aside, renames it and reads it back. Throws `InputException` where it cannot be
  /// written.
  public static Machine write(Calibration calibration, Path file) {
    byte[] text = yaml(calibration).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(file, out -> out.write(text));
    return Machines.read(file);
  }

  static String yaml(Calibration calibration) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("# Written by 'mapcost calibrate' from ")
        .append(calibration.forks())
        .append(" forks. What was measured says so in its source;\n")
        .append("# what this host cannot tell says 'not identifiable here' in its note.\n");
    yaml.append("machine: ").append(calibration.machine().name()).append('\n');
    yaml.append("stands_for: ").append(quoted(calibration.machine().standsFor())).append('\n');
    yaml.append("extends: ").append(calibration.className()).append('\n');
    for (Section section : Section.values()) {
      yaml.append('\n').append(section.key()).append(":\n");
      for (Parameter parameter : Parameter.values()) {
        if (parameter.section() == section) {
          value(parameter, calibration.written(parameter), yaml);
        }
      }
    }
    return yaml.toString();
  }

  private static void value(Parameter parameter, Quantity quantity, StringBuilder yaml) {
    boolean whole =
        parameter.dimension() == Dimension.COUNT || parameter.dimension() == Dimension.FLAG;
    yaml.append("  ").append(parameter.key()).append(":\n");
    yaml.append("    value: ").append(number(quantity.interval().best(), whole)).append('\n');
    if (quantity.interval().low() < quantity.interval().high()) {
      yaml.append("    low: ").append(number(quantity.interval().low(), whole)).append('\n');
      yaml.append("    high: ").append(number(quantity.interval().high(), whole)).append('\n');
    }
    if (!quantity.unit().isEmpty()) {
      yaml.append("    unit: ").append(quantity.unit()).append('\n');
    }
    yaml.append("    source: ").append(quoted(quantity.source())).append('\n');
    if (!quantity.note().isEmpty()) {
      yaml.append("    note: ").append(quoted(quantity.note())).append('\n');
    }
  }

  private static String number(double value, boolean whole) {
    if (whole || value == Math.rint(value)) {
      return BigDecimal.valueOf(Math.rint(value)).setScale(0).toPlainString();
    }
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\R", " ") + '"';
  }
}
