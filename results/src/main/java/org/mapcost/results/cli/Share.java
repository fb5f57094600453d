package org.mapcost.results.cli;

import picocli.CommandLine;

/// Reads a share, `2%` or `0.02`.
final class Share implements CommandLine.ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    boolean percent = text.endsWith("%");
    try {
      double number = Double.parseDouble(percent ? text.substring(0, text.length() - 1) : text);
      double share = percent ? number / 100 : number;
      if (share >= 0 && share < 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      throw new CommandLine.TypeConversionException(wrong(text));
    }
    throw new CommandLine.TypeConversionException(wrong(text));
  }

  private static String wrong(String text) {
    return "'" + text + "' is no share from 0 to below 100%; write 2% or 0.02";
  }
}
