package org.mapcost.model.whatif;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.cost.PriceList;
import org.mapcost.model.cost.Provenance;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Behaviour;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Memtype;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Scenario;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.strategy.TouchOrder;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.units.PhysicalAddress;

/// What strategies cost at any setup. Counts come from closed forms where there are any; counts and
/// prices that were needed once are kept. Safe for use by several threads.
public final class Costs {
  private static final int MOST_KEPT = 10_000;

  private final Set<Counterfactual> free;
  private final Map<Question, LifeForm> forms = new ConcurrentHashMap<>();
  private final Map<Usual, PhysicalAddress> addresses = new ConcurrentHashMap<>();
  private final Map<Ground, Growth.Site> sites = new ConcurrentHashMap<>();
  private final Map<Priced, PriceList> priceLists = new ConcurrentHashMap<>();

  /// @param free mechanisms that are priced at nothing
  public Costs(Set<Counterfactual> free) {
    this.free = Set.copyOf(free);
  }

  /// What is priced at nothing.
  public Set<Counterfactual> free() {
    return free;
  }

  /// What counts depend on besides size and added nodes.
  private record Question(
      Strategy strategy,
      Kernel kernel,
      ResourceTree base,
      List<Memtype> memtypes,
      Memory memory,
      PhysicalAddress at,
      CacheMode mode,
      TouchOrder touch,
      Cpus cpus,
      PoolKind pool) {
    /// Of a kernel only what is varied most: its settings are many.
    @Override
    public int hashCode() {
      int hash = strategy.hashCode();
      hash = 31 * hash + kernel.name().hashCode();
      hash = 31 * hash + kernel.setting(Behaviour.TTM_PREFAULT).value().hashCode();
      hash = 31 * hash + kernel.setting(Behaviour.RESOURCE_WALK).value().hashCode();
      hash = 31 * hash + base.hashCode();
      return 31 * hash + 7 * cpus.online() + touch.hashCode();
    }
  }

  /// What a tree grows from.
  private record Ground(ResourceTree tree, Growth growth, PhysicalAddress at) {}

  /// Which prices; a machine differs from another in its numbers.
  private record Priced(Machine machine, String kernel) {
    @Override
    public int hashCode() {
      double[] sum = {kernel.hashCode()};
      machine.values().values().forEach(each -> sum[0] = sum[0] * 1.01 + each.interval().best());
      return Double.hashCode(sum[0]);
    }
  }

  /// Where a buffer begins when nobody says.
  private record Usual(ResourceTree tree, Memory memory, long pages) {}

  /// A setup with everything worked out that strategies share. The setup has its address.
  record Place(Setup setup, Growth.Site site, Scenario scenario, PriceList prices) {}

  /// Works out a setup. Throws [InputException] where it makes no sense by itself, such as a buffer
  /// that no BAR holds.
  Place place(Setup asked) {
    return place(asked, prices(asked));
  }

  Place place(Setup asked, PriceList prices) {
    forgetBeyond(addresses);
    forgetBeyond(sites);
    PhysicalAddress at =
        asked
            .at()
            .orElseGet(() ->
                addresses.computeIfAbsent(
                    new Usual(asked.tree(), asked.memory(), asked.pages()), _ -> asked.address()));
    Setup setup = asked.with(at);
    Growth.Site site =
        sites.computeIfAbsent(
            new Ground(setup.tree(), setup.growth(), at),
            ground -> ground.growth.site(ground.tree, at));
    return new Place(setup, site, setup.scenario(site.base(), at, setup.pages()), prices);
  }

  /// What a strategy costs at a setup. Throws [InputException] where the setup itself makes no
  /// sense, such as a buffer that no BAR holds.
  public Outcome of(Strategy strategy, Setup setup) {
    return of(strategy, place(setup));
  }

  /// The same at a place that was worked out before.
  Outcome of(Strategy strategy, Place place) {
    Optional<String> refused = strategy.refuses(place.scenario);
    if (refused.isPresent()) {
      return new Outcome.Refused(refused.get());
    }
    LifeForm.Life life = life(strategy, place);
    Conditions conditions = place.setup.conditions();
    Total first = new Total(place.prices, conditions);
    Total load = new Total(place.prices, conditions);
    Total later = new Total(place.prices, conditions);
    for (Phase phase : Phase.values()) {
      (phase == Phase.LOAD ? load : first).add(life.first(), phase);
      later.add(life.later(), phase);
    }
    return new Outcome.Cost(load.bill(), first.bill(), later.bill(), life.mode());
  }

  /// Adds up phases without a price for each mechanism.
  private static final class Total {
    private final PriceList prices;
    private final Conditions conditions;
    private final Uncertain.Sum caller = new Uncertain.Sum();
    private final Uncertain.Sum stolen = new Uncertain.Sum();

    Total(PriceList prices, Conditions conditions) {
      this.prices = prices;
      this.conditions = conditions;
    }

    void add(Ledger ledger, Phase phase) {
      prices.items(
          ledger,
          phase,
          conditions,
          (_, unit, count) -> {
            caller.add(unit.callerTime(), (double) count);
            stolen.add(unit.stolenTime(), (double) count);
          });
    }

    Outcome.Bill bill() {
      return new Outcome.Bill(caller.total(), stolen.total());
    }
  }

  /// What everything that a strategy costs at a setup rests on.
  public Provenance provenance(Strategy strategy, Setup setup) {
    Place place = place(setup);
    LifeForm.Life life = life(strategy, place);
    Conditions conditions = setup.conditions();
    return place
        .prices
        .price(life.first(), conditions)
        .total()
        .plus(place.prices.price(life.later(), conditions).total())
        .provenance();
  }

  /// The counts of a strategy's buffers at a place, which it serves.
  LifeForm.Life life(Strategy strategy, Place place) {
    return form(strategy, place)
        .life(place.setup.pages(), place.site.firmware(), place.site.devices());
  }

  LifeForm form(Strategy strategy, Place place) {
    Scenario scenario = place.scenario;
    forgetBeyond(forms);
    return forms.computeIfAbsent(
        new Question(
            strategy,
            scenario.kernel(),
            place.site.base(),
            scenario.memtypes(),
            scenario.memory(),
            scenario.at(),
            scenario.mode(),
            scenario.touch(),
            scenario.cpus(),
            scenario.pool()),
        _ -> new LifeForm(strategy, place.setup, scenario.at(), place.site));
  }

  /// The prices of a setup, without what is free.
  PriceList prices(Setup setup) {
    forgetBeyond(priceLists);
    return priceLists.computeIfAbsent(
        new Priced(setup.machine(), setup.kernel().name()), _ -> freed(setup.prices()));
  }

  /// Sweeps of millions of points ask for most things once.
  private static void forgetBeyond(Map<?, ?> known) {
    if (known.size() > MOST_KEPT) {
      known.clear();
    }
  }

  /// Prices without what is free.
  PriceList freed(PriceList prices) {
    PriceList freed = prices;
    for (Counterfactual each : free) {
      freed = each.applied(freed);
    }
    return freed;
  }
}
