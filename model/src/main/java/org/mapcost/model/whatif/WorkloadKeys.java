package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.TouchOrder;
import org.mapcost.model.units.Nanoseconds;
import org.mapcost.model.units.Pages;
import org.mapcost.model.whatif.Key.Kind;
import org.mapcost.model.workload.Arrival;
import org.mapcost.model.workload.Clients;
import org.mapcost.model.workload.Distribution;
import org.mapcost.model.workload.Workload;

/// What can be varied of one workload, by the names of its file: `pool.limit`,
/// `clients.windows.count`.
///
/// A size or a time that is drawn at random goes to another mean: every value, the largest allowed
/// one too, is scaled by the same factor, and the shape stays.
public final class WorkloadKeys {
  private static final String CLIENTS = "clients";
  private static final List<String> SECTIONS = List.of("pool.", "shrinker.", "other_cpus");

  private final List<Of> keys = new ArrayList<>();

  /// One of them.
  ///
  /// @param key its name, kind and description, for ranges
  /// @param change sets it to a value
  /// @param today its value in a workload
  record Of(
      Key key, BiFunction<Workload, String, Workload> change, Function<Workload, String> today) {}

  /// The keys of a workload.
  public WorkloadKeys(Workload workload) {
    add(
        CLIENTS,
        "number of clients of the first kind, '%s'".formatted(workload.clients().getFirst().name()),
        Kind.COUNT,
        (of, value) -> changed(of, 0, each -> each.withCount(count(CLIENTS, value))),
        of -> String.valueOf(of.clients().getFirst().count()));
    for (int i = 0; i < workload.clients().size(); i++) {
      clients(i, workload.clients().get(i));
    }
    add(
        "pool.kind",
        "which page pool",
        Kind.WORD,
        (of, value) ->
            of.with(new Workload.Pool(Optional.of(PoolKind.ofKey(value)), of.pool().limit())),
        of -> of.pool().kind().map(PoolKind::key).orElse("the kernel's"));
    add(
        "pool.limit",
        "limit of the page pool",
        Kind.PAGES,
        (of, value) -> of.with(new Workload.Pool(of.pool().kind(), Pages.parse(value).value())),
        of ->
            of.pool().limit() == 0
                ? "the kernel's"
                : new Pages(of.pool().limit()).bytes().toString());
    workload.shrinker().ifPresent(this::shrinker);
    add(
        "other_cpus",
        "what CPUs do that no client may use: idle or busy",
        Kind.WORD,
        (of, value) -> of.withOtherCpusBusy(choice("other_cpus", value, "idle", "busy")),
        of -> of.otherCpusBusy() ? "busy" : "idle");
  }

  /// Whether a name is written like a key of a workload.
  public static boolean looksLikeOne(String name) {
    return name.equals(CLIENTS)
        || name.startsWith(CLIENTS + ".")
        || SECTIONS.stream().anyMatch(name::startsWith);
  }

  /// The keys, in the order of listings.
  public List<Key> keys() {
    return keys.stream().map(Of::key).toList();
  }

  /// The workload with every entry in it whose key is one of a workload's; those are removed.
  public static Workload set(Workload workload, Map<String, String> set) {
    WorkloadKeys known = new WorkloadKeys(workload);
    Workload changed = workload;
    for (Map.Entry<String, String> entry : Map.copyOf(set).entrySet()) {
      if (looksLikeOne(entry.getKey())) {
        changed = known.named(entry.getKey()).change.apply(changed, entry.getValue());
        set.remove(entry.getKey());
      }
    }
    return changed;
  }

  /// The key with a name. Throws [InputException], with the nearest known name, for any other.
  Of named(String name) {
    return keys.stream()
        .filter(each -> each.key.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown(
                "key of this workload", name, keys.stream().map(each -> each.key.name()).toList()));
  }

  private void add(
      String name,
      String description,
      Kind kind,
      BiFunction<Workload, String, Workload> change,
      Function<Workload, String> today) {
    Key key =
        new Key(
            name,
            description,
            kind,
            (_, _) -> {
              throw new InputException(
                  name + " is a key of a workload; give --workload NAME|FILE too.");
            },
            _ -> "none");
    keys.add(new Of(key, change, today));
  }

  private void shrinker(Workload.Shrinker shrinker) {
    add(
        "shrinker.every",
        "how often memory is short",
        Kind.TIME,
        (of, value) ->
            of.with(
                new Workload.Shrinker(
                    timeAboveZero("shrinker.every", value),
                    of.shrinker().orElse(shrinker).pages())),
        of -> time(of.shrinker().orElse(shrinker).every()));
    add(
        "shrinker.pages",
        "for how many pages the kernel asks then",
        Kind.PAGES,
        (of, value) ->
            of.with(
                new Workload.Shrinker(
                    of.shrinker().orElse(shrinker).every(), Pages.parse(value).value())),
        of -> new Pages(of.shrinker().orElse(shrinker).pages()).bytes().toString());
  }

  private void clients(int at, Clients kind) {
    String prefix = CLIENTS + "." + kind.name() + ".";
    whole(at, prefix + "count", "number of clients", Clients::withCount, Clients::count);
    client(
        at,
        prefix + "cpus",
        "list of CPUs they run on",
        Kind.WORD,
        Clients::withCpus,
        Clients::cpus);
    arrival(at, prefix, kind.arrival());
    client(
        at,
        prefix + "size",
        "mean size of a buffer",
        Kind.PAGES,
        (of, value) ->
            of.withPages(of.pages().withMean(Math.max(1.0, (double) Pages.parse(value).value()))),
        of -> new Pages(Math.max(1, Math.round(of.pages().mean()))).bytes().toString());
    client(
        at,
        prefix + "memory",
        "where the buffers are",
        Kind.WORD,
        (of, value) -> of.with(Memory.ofKey(value)),
        of -> of.memory().key());
    client(
        at,
        prefix + "mode",
        "caching mode that the driver asks for",
        Kind.WORD,
        (of, value) -> of.with(CacheMode.parse(value)),
        of -> of.mode().key());
    duration(
        at,
        prefix + "lifetime",
        "mean time that a buffer is held",
        kind.lifetime(),
        (of, time) -> of.withLifetime(time));
    whole(at, prefix + "reuse", "number of uses of a buffer", Clients::withReuse, Clients::reuse);
    client(
        at,
        prefix + "touch",
        "order in which pages are touched",
        Kind.WORD,
        (of, value) -> of.with(TouchOrder.parse(value)),
        of -> of.touch().key());
    client(
        at,
        prefix + "touched",
        "share of pages that is touched, 0 to 1",
        Kind.RATIO,
        (of, value) -> of.withTouched(share(prefix + "touched", value)),
        of -> String.valueOf(of.touched()));
    duration(
        at,
        prefix + "compute",
        "mean time that the program works on a page",
        Optional.of(kind.compute()),
        (of, time) -> of.withCompute(time));
    duration(
        at,
        prefix + "sleep",
        "mean time that it sleeps after a page",
        kind.sleep(),
        (of, time) -> of.withSleep(time));
  }

  private void arrival(int at, String prefix, Arrival arrival) {
    switch (arrival) {
      case Arrival.Closed closed ->
          duration(
              at,
              prefix + "think",
              "mean time from one buffer to the next",
              Optional.of(closed.think()),
              (of, time) -> of.with(new Arrival.Closed(time)));
      case Arrival.Poisson poisson ->
          client(
              at,
              prefix + "rate",
              "buffers a second that each client asks for",
              Kind.RATIO,
              (of, value) -> of.with(new Arrival.Poisson(aboveZero(prefix + "rate", value))),
              of -> of.arrival() instanceof Arrival.Poisson(double rate) ? plain(rate) : "none");
      case Arrival.Bursts bursts -> {
        client(
            at,
            prefix + "every",
            "time from one burst to the next",
            Kind.TIME,
            (of, value) ->
                of.with(
                    new Arrival.Bursts(
                        timeAboveZero(prefix + "every", value),
                        of.arrival() instanceof Arrival.Bursts(double _, int size)
                            ? size
                            : bursts.size())),
            of -> of.arrival() instanceof Arrival.Bursts(double every, int _) ? time(every) : "");
        client(
            at,
            prefix + "burst",
            "number of buffers in a burst",
            Kind.COUNT,
            (of, value) ->
                of.with(
                    new Arrival.Bursts(
                        of.arrival() instanceof Arrival.Bursts(double every, int _)
                            ? every
                            : bursts.every(),
                        count(prefix + "burst", value))),
            of ->
                of.arrival() instanceof Arrival.Bursts(double _, int size)
                    ? String.valueOf(size)
                    : "");
      }
    }
  }

  /// A key of one kind of clients.
  private void client(
      int at,
      String name,
      String description,
      Kind kind,
      BiFunction<Clients, String, Clients> change,
      Function<Clients, String> today) {
    String whose = name.substring(CLIENTS.length() + 1, name.lastIndexOf('.'));
    add(
        name,
        "%s, of '%s'".formatted(description, whose),
        kind,
        (of, value) -> changed(of, at, each -> change.apply(each, value)),
        of -> today.apply(of.clients().get(at)));
  }

  private void whole(
      int at,
      String name,
      String description,
      BiFunction<Clients, Integer, Clients> change,
      Function<Clients, Integer> today) {
    client(
        at,
        name,
        description,
        Kind.COUNT,
        (of, value) -> change.apply(of, count(name, value)),
        of -> String.valueOf(today.apply(of)));
  }

  /// @param today empty where there is none
  private void duration(
      int at,
      String name,
      String description,
      Optional<Distribution> today,
      BiFunction<Clients, Distribution, Clients> change) {
    Distribution shape = today.orElse(new Distribution.Fixed(0));
    client(
        at,
        name,
        description,
        Kind.TIME,
        (of, value) -> change.apply(of, shape.withMean(Nanoseconds.parse(value).value())),
        _ -> today.map(each -> time(each.mean())).orElse("none"));
  }

  private static Workload changed(Workload of, int at, UnaryOperator<Clients> change) {
    List<Clients> clients = new ArrayList<>(of.clients());
    clients.set(at, change.apply(clients.get(at)));
    return of.with(clients);
  }

  private static String time(double ns) {
    return new Nanoseconds(ns).toString().replace(" ", "");
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  private static int count(String key, String value) {
    double number = aboveZero(key, value);
    if (number != Math.rint(number) || number > 100_000) {
      throw new InputException(key + " is a whole number, 1 to 100000, not '" + value + "'.");
    }
    return (int) number;
  }

  private static double aboveZero(String key, String value) {
    double number = number(key, value);
    if (!(number > 0)) {
      throw new InputException(key + " is above zero, not " + value + ".");
    }
    return number;
  }

  private static double timeAboveZero(String key, String value) {
    double ns = Nanoseconds.parse(value).value();
    if (!(ns > 0)) {
      throw new InputException(key + " is above zero, not " + value + ".");
    }
    return ns;
  }

  private static double share(String key, String value) {
    double number = number(key, value);
    if (!(number >= 0 && number <= 1)) {
      throw new InputException(key + " is a share, 0 to 1, not " + value + ".");
    }
    return number;
  }

  private static double number(String key, String value) {
    try {
      return Double.parseDouble(value.strip());
    } catch (NumberFormatException e) {
      throw new InputException("'" + value + "' is no number for " + key + ".", e);
    }
  }

  private static boolean choice(String key, String value, String no, String yes) {
    if (!value.equals(no) && !value.equals(yes)) {
      throw new InputException("%s is %s or %s, not '%s'.".formatted(key, no, yes, value));
    }
    return value.equals(yes);
  }
}
