package org.mapcost.model.machine.price;

import java.util.List;
import org.mapcost.model.machine.Dimension;
import org.mapcost.model.machine.Parameter;

/// Pages filled with zeros (`clear_page`).
///
/// Formula, nanoseconds: pages x the machine's price. Source: machine file.
public final class PageClear implements PriceFunction {
  @Override
  public String name() {
    return "page-clear";
  }

  @Override
  public String description() {
    return "4 KiB pages filled with zeros";
  }

  @Override
  public List<Argument> arguments() {
    return List.of(Argument.of("pages", Dimension.COUNT, "1", "how many"));
  }

  @Override
  public Quote price(Platform platform, Arguments arguments) {
    return of(platform, arguments.number("pages"));
  }

  public static Quote of(Platform platform, double pages) {
    Working working = new Working(platform);
    return working.quote(
        "pages x clear", working.term("clear", working.ns(Parameter.PAGE_CLEAR)).times(pages));
  }
}
