package org.mapcost.model.machine.price;

import java.util.List;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions.LineMix;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.machine.Dimension;
import org.mapcost.model.machine.Parameter;

/// Lines flushed one by one with `CLFLUSHOPT`, many in a row.
///
/// Formula, nanoseconds a line: absent, clean, or for a dirty line clean + 64 bytes / write
/// bandwidth of a core. Only the caller works; other CPUs lose the lines and no time.
///
/// Source: machine file.
public final class ClflushLine implements PriceFunction {
  private static final int LINE_BYTES = 64;

  @Override
  public String name() {
    return "clflush";
  }

  @Override
  public String description() {
    return "cache lines flushed one by one";
  }

  @Override
  public List<Argument> arguments() {
    return List.of(
        Argument.of("lines", Dimension.COUNT, "64", "how many; a page has 64"),
        Argument.of("dirty", Dimension.RATIO, "1", "share of them that is dirty"),
        Argument.of("clean", Dimension.RATIO, "0", "share that is cached and clean"));
  }

  @Override
  public Quote price(Platform platform, Arguments arguments) {
    double dirty = arguments.share("dirty");
    double clean = arguments.share("clean");
    if (dirty + clean > 1) {
      throw new InputException("dirty and clean are shares of the same lines: together at most 1.");
    }
    return of(platform, arguments.number("lines"), new LineMix(dirty, clean));
  }

  public static Quote of(Platform platform, double lines, LineMix mix) {
    Working working = new Working(platform);
    Uncertain line = Uncertain.ZERO;
    if (mix.dirty() > 0) {
      Uncertain writeBack = working.transfer(LINE_BYTES, Parameter.CORE_WRITE_BANDWIDTH);
      Uncertain dirty = working.ns(Parameter.CLFLUSH_CLEAN).plus(writeBack);
      line = line.plus(working.term("dirty", dirty).times(mix.dirty()));
    }
    if (mix.clean() > 0) {
      Uncertain clean = working.term("clean", working.ns(Parameter.CLFLUSH_CLEAN));
      line = line.plus(clean.times(mix.clean()));
    }
    if (mix.absent() > 0) {
      Uncertain absent = working.term("absent", working.ns(Parameter.CLFLUSH_ABSENT));
      line = line.plus(absent.times(mix.absent()));
    }
    return working.quote("lines x (shares of dirty, clean, absent)", line.times(lines));
  }
}
