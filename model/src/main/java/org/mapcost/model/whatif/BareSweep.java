package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.units.Pages;

/// The points of a sweep as bare numbers, for files of millions of rows.
///
/// Over sizes and added nodes strategies have compiled forms ([CompiledCost]); a form is made for
/// each value of another key, where enough points use it. Everything else is calculated as
/// [Sweep#point] does. Which way a point takes depends on the sweep and the point alone, so it has
/// the same numbers whoever asks, in whatever order. Not safe for use by several threads; one for
/// each costs little, since they share their counts.
public final class BareSweep {
  /// Bills of a point and a strategy, each low, best and high in nanoseconds: the caller's for the
  /// first buffer, what others lose for it, the caller's for a later buffer and for the load.
  public static final int NUMBERS = 12;

  private static final int BILLS = 4;

  /// Keys along which forms exist.
  private static final Set<String> FORMED =
      Set.of("buffer", "platform.reserved", "platform.pci_devices");

  /// With fewer points a form is not worth making.
  private static final long FEWEST = 400;

  /// Where each value of another key has forms of its own, and sizes take many lives.
  private static final long FEWEST_SIZES = 4000;

  private final Sweep sweep;
  private final int strategies;
  private final boolean formed;

  /// Whether the first of two keys has no form, so that each of its values gets forms of its own.
  private final boolean outer;

  private final boolean sizesVary;
  private final double[][] numbers;
  private final double[][] bills = new double[BILLS][3 * Points.MOST];
  private final Points points = new Points();
  private final int[] places = new int[Points.MOST];
  private final @Nullable CacheMode[][] modes;
  private final @Nullable String[][] refusals;

  /// The frames of the row that was asked for last.
  private final List<Frame> frames = new ArrayList<>();

  private long row = -1;

  /// Takes what strategies answer, point by point, in the order of the sweep's strategies.
  public interface Taker {
    /// A strategy's bills.
    ///
    /// @param all an array with [#NUMBERS] places from `from` on, valid during this call
    void cost(long index, Strategy strategy, CacheMode mode, double[] all, int from);

    /// A strategy does not serve a point.
    void refused(long index, Strategy strategy, String reason);
  }

  public BareSweep(Sweep sweep) {
    this.sweep = sweep;
    this.strategies = sweep.strategies().size();
    this.numbers = new double[strategies][NUMBERS * Points.MOST];
    this.modes = new CacheMode[strategies][Points.MOST];
    this.refusals = new String[strategies][Points.MOST];
    Range last = sweep.ranges().getLast();
    boolean two = sweep.ranges().size() == 2;
    boolean lastFormed = isFormed(last);
    boolean firstFormed = isFormed(sweep.ranges().getFirst());
    boolean sizesInside = last.key().name().equals("buffer");
    boolean enough = last.size() >= (two && sizesInside ? FEWEST_SIZES : FEWEST);
    boolean sizesOutside = two && sweep.ranges().getFirst().key().name().equals("buffer");
    this.outer = two && (!firstFormed || (sizesOutside && enough));
    this.formed = lastFormed && (enough || (two && firstFormed && !outer));
    this.sizesVary = sizesInside || (sizesOutside && !outer);
  }

  private static boolean isFormed(Range range) {
    return FORMED.contains(range.key().name());
  }

  /// Asks for points that follow one another.
  ///
  /// @param from the first
  /// @param count how many
  public void points(long from, int count, Taker taker) {
    for (long first = from; first < from + count; first += Points.MOST) {
      int length = (int) Math.min(Points.MOST, from + count - first);
      if (formed) {
        block(first, length);
      } else {
        for (int i = 0; i < length; i++) {
          slowly(first, i);
        }
      }
      give(first, length, taker);
    }
  }

  private void give(long first, int length, Taker taker) {
    for (int i = 0; i < length; i++) {
      for (int strategy = 0; strategy < strategies; strategy++) {
        CacheMode mode = modes[strategy][i];
        Strategy asked = sweep.strategies().get(strategy);
        if (mode != null) {
          taker.cost(first + i, asked, mode, numbers[strategy], i * NUMBERS);
        } else {
          taker.refused(first + i, asked, String.valueOf(refusals[strategy][i]));
        }
      }
    }
  }

  /// A point of a block, by ledgers and price objects.
  private void slowly(long first, int i) {
    Costs.Place place = sweep.costs().place(sweep.setup(first + i));
    for (int strategy = 0; strategy < strategies; strategy++) {
      slowly(strategy, place, i);
    }
  }

  private void slowly(int strategy, Costs.Place place, int i) {
    switch (sweep.costs().of(sweep.strategies().get(strategy), place)) {
      case Outcome.Refused refused -> {
        modes[strategy][i] = null;
        refusals[strategy][i] = refused.reason();
      }
      case Outcome.Cost cost -> {
        modes[strategy][i] = cost.mode();
        int at = i * NUMBERS;
        put(cost.first().caller(), strategy, at);
        put(cost.first().stolen(), strategy, at + 3);
        put(cost.later().caller(), strategy, at + 6);
        put(cost.load().caller(), strategy, at + 9);
      }
    }
  }

  private void put(Interval interval, int strategy, int at) {
    numbers[strategy][at] = interval.low();
    numbers[strategy][at + 1] = interval.best();
    numbers[strategy][at + 2] = interval.high();
  }

  /// Points of a block that share their forms are taken together.
  private void block(long first, int length) {
    int begun = 0;
    Frame frame = frame(first);
    for (int i = 1; i <= length; i++) {
      Frame next = i < length ? frame(first + i) : null;
      if (next != frame) {
        together(frame, first, begun, i);
        begun = i;
        frame = next == null ? frame : next;
      }
    }
  }

  private void together(Frame frame, long first, int from, int to) {
    Costs.@Nullable Place[] made = new Costs.Place[to - from];
    for (int strategy = 0; strategy < strategies; strategy++) {
      CompiledCost form = frame.forms.get(strategy);
      points.clear();
      for (int i = from; i < to; i++) {
        long pages = pages(frame, first + i);
        if (form != null && (!sizesVary || form.covers(pages))) {
          places[points.count()] = i;
          points.add(
              pages,
              (int) varied("platform.reserved", frame.setup.growth().reserved(), first + i)
                  + frame.moreFirmware,
              (int) varied("platform.pci_devices", frame.setup.growth().pciDevices(), first + i)
                  + frame.moreDevices);
        } else {
          slowly(strategy, place(made, first, from, i), i);
        }
      }
      if (form != null && points.count() > 0) {
        form.first(points, bills[0], bills[1]);
        form.later(points, bills[2]);
        form.load(points, bills[3]);
        take(strategy, form.mode());
        for (int point = 0; point < points.count(); point++) {
          if (!known(strategy, places[point])) {
            slowly(strategy, place(made, first, from, places[point]), places[point]);
          }
        }
      }
    }
  }

  private Costs.Place place(Costs.@Nullable Place[] made, long first, int from, int i) {
    Costs.Place known = made[i - from];
    if (known == null) {
      known = sweep.costs().place(sweep.setup(first + i));
      made[i - from] = known;
    }
    return known;
  }

  private void take(int strategy, CacheMode mode) {
    for (int point = 0; point < points.count(); point++) {
      modes[strategy][places[point]] = mode;
      int at = places[point] * NUMBERS;
      for (int bill = 0; bill < BILLS; bill++) {
        System.arraycopy(bills[bill], 3 * point, numbers[strategy], at + 3 * bill, 3);
      }
    }
  }

  private boolean known(int strategy, int i) {
    int at = i * NUMBERS;
    for (int bill = 0; bill < BILLS; bill++) {
      if (Double.isNaN(numbers[strategy][at + 3 * bill + 1])) {
        return false;
      }
    }
    return true;
  }

  private long pages(Frame frame, long index) {
    return varied("buffer", frame.setup.pages(), index);
  }

  /// What a key has at a point: the value it varies to, or the one it stays at.
  private long varied(String key, long constant, long index) {
    for (int i = outer ? 1 : 0; i < sweep.ranges().size(); i++) {
      Range range = sweep.ranges().get(i);
      if (range.key().name().equals(key)) {
        return (long) range.number(sweep.place(index, i));
      }
    }
    return constant;
  }

  /// The frame of a point: known, or made for all that share it.
  private Frame frame(long index) {
    long of = outer ? sweep.place(index, 0) : 0;
    if (of != row) {
      frames.clear();
      row = of;
    }
    long pages = frames.isEmpty() ? 0 : pages(frames.getFirst(), index);
    for (Frame known : frames) {
      if (known.from <= pages && pages <= known.to) {
        return known;
      }
    }
    Costs.Place place = sweep.costs().place(sweep.setup(index));
    Frame made = new Frame(sweep, place, sizesVary);
    frames.add(made);
    return made;
  }

  /// What points share: everything but sizes and added nodes.
  private static final class Frame {
    /// Of one of the points.
    private final Setup setup;

    /// The smallest buffer that surely begins at the same address.
    private final long from;

    /// The largest that does.
    private final long to;

    /// Firmware ranges that the platform's number of nodes adds.
    private final int moreFirmware;

    /// PCI functions that it adds.
    private final int moreDevices;

    /// One for each strategy; null where there is none.
    private final List<@Nullable CompiledCost> forms = new ArrayList<>();

    Frame(Sweep sweep, Costs.Place place, boolean sizesVary) {
      this.setup = place.setup();
      Growth growth = setup.growth();
      this.moreFirmware = place.site().firmware() - growth.reserved();
      this.moreDevices = place.site().devices() - growth.pciDevices();
      boolean follows = sizesVary && sweep.base().at().isEmpty() && setup.memory() == Memory.VRAM;
      this.from = follows ? setup.pages() : 1;
      this.to = follows ? pagesBehind(place) : Long.MAX_VALUE;
      boolean grows =
          place.site().firmware() + place.site().devices() > 0
              || sweep.ranges().stream()
                  .anyMatch(range -> range.key().name().startsWith("platform."));
      for (Strategy strategy : sweep.strategies()) {
        Optional<CompiledCost> form =
            sizesVary
                ? CompiledCost.of(strategy, place, sweep.costs(), grows)
                : CompiledCost.ofSize(strategy, place, sweep.costs(), grows);
        forms.add(form.orElse(null));
      }
    }

    /// Pages from the buffer's address to the end of its BAR. Larger buffers begin elsewhere.
    private static long pagesBehind(Costs.Place place) {
      long at = place.scenario().at().value();
      return (place.scenario().bar().end() + 1 - at) / Pages.PAGE_SIZE;
    }
  }
}
