package org.mapcost.model.machine.price;

import java.util.ArrayList;
import java.util.List;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.FlushRound.Form;
import org.mapcost.model.machine.Dimension;

/// A flush of some pages on many CPUs by interrupt: page by page up to the ceiling, everything
/// beyond it (`flush_tlb_kernel_range`, `flush_tlb_mm_range`). Formula and source: see
/// [FlushRounds].
public final class RangedFlush implements PriceFunction {
  /// Whose pages they are.
  enum Space {
    KERNEL,
    USER
  }

  @Override
  public String name() {
    return "ranged-flush";
  }

  @Override
  public String description() {
    return "a flush of some pages on many CPUs, of everything above the ceiling";
  }

  @Override
  public List<Argument> arguments() {
    List<Argument> arguments = new ArrayList<>();
    arguments.add(Argument.of("pages", Dimension.COUNT, "1", "pages to flush"));
    arguments.add(Argument.choice("space", Space.class, "the kernel's own mappings, or a user's"));
    arguments.add(
        Argument.of("ceiling", Dimension.COUNT, "33", "the most that are flushed one by one"));
    arguments.addAll(FlushArguments.withRefill());
    return arguments;
  }

  @Override
  public Quote price(Platform platform, Arguments arguments) {
    int pages = arguments.count("pages");
    if (pages == 0) {
      throw new InputException("pages: a flush names at least one page.");
    }
    boolean kernel = arguments.choice("space", Space.class) == Space.KERNEL;
    boolean ranged = pages <= arguments.count("ceiling");
    Form form;
    if (ranged) {
      form = kernel ? Form.KERNEL_PAGE : Form.MM_PAGE;
    } else {
      form = kernel ? Form.GLOBAL : Form.MM_FULL;
    }
    return FlushArguments.quote(platform, form, ranged ? pages : 0, arguments);
  }
}
