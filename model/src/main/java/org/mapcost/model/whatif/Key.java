package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.kernel.Behaviour;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.TouchOrder;
import org.mapcost.model.units.Pages;
import org.mapcost.model.units.PhysicalAddress;

/// One thing of a [Setup] that can be varied, by the name that the command line gives it:
/// `machine.cpus`, `kernel`, `kernel.ttm_prefault`, `platform.reserved`, `buffer`, ...
///
/// @param name as `--vary` takes it
/// @param description what it is, in a few words
/// @param kind how its values are written and which ranges make sense
/// @param change sets it to a value, which is written as on the command line
/// @param today the value it has in a setup
public record Key(
    String name,
    String description,
    Kind kind,
    BiFunction<Setup, String, Setup> change,
    Function<Setup, String> today) {

  /// How values are written.
  public enum Kind {
    /// Whole numbers.
    COUNT(""),
    /// Any numbers.
    RATIO(""),
    /// Bytes: `64KiB`.
    BYTES("B"),
    /// Whole pages, written as sizes: `64KiB`, `16pages`.
    PAGES("pages"),
    /// `80ns`, `200cycles`.
    TIME("ns"),
    /// `2.1GHz`.
    FREQUENCY("Hz"),
    /// `10GB/s`.
    BANDWIDTH("B/s"),
    /// Words, listed one by one.
    WORD("");

    private final String unit;

    Kind(String unit) {
      this.unit = unit;
    }

    /// The unit in which ranges of it are calculated; empty for bare numbers.
    public String unit() {
      return unit;
    }

    public boolean numeric() {
      return this != WORD;
    }

    /// Whether it has no values between two neighbours.
    public boolean whole() {
      return this == COUNT || this == PAGES;
    }
  }

  /// What stands on an axis where the description is too long for one, or names its neighbour.
  private static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("buffer", "size of the buffer"),
          Map.entry("kernel", "kernel"),
          Map.entry("platform.nodes", "nodes of the resource tree"),
          Map.entry("platform.pci_devices", "PCI functions added to the resource tree"),
          Map.entry("state.llc_dirty", "dirty share of the last-level cache"),
          Map.entry("kernel.ttm_prefault", "pages that one TTM fault maps at most"),
          Map.entry("machine.cpus", "logical CPUs"),
          Map.entry("machine.cycles_per_instruction", "cycles an instruction of kernel code takes"),
          Map.entry(
              "machine.loop_cycles_per_instruction", "cycles an instruction of a warm loop takes"),
          Map.entry("machine.l1_latency", "load from the first-level cache"),
          Map.entry("machine.l2_latency", "load from the second-level cache"),
          Map.entry("machine.llc_latency", "load from the last-level cache"),
          Map.entry("machine.dram_latency", "load from memory of the own node"),
          Map.entry("machine.dram_latency_remote", "load from another socket's memory"),
          Map.entry("machine.invpcid_page", "one page of the user half dropped under PTI"),
          Map.entry("machine.flush_call", "the kernel's way to a flush and back"),
          Map.entry("machine.cold_lines", "lines that a cold call fetches from memory"),
          Map.entry("machine.lock_transfers", "cache lines moved when a spinlock changes hands"),
          Map.entry("machine.ipi_lines", "lines fetched from each target of an IPI"),
          Map.entry("machine.ipi_delivery", "from the send of an IPI to its interrupt"),
          Map.entry("machine.ipi_acknowledge", "from a target's last store to the sender"),
          Map.entry("machine.wbinvd_uop", "one micro-operation of WBINVD"),
          Map.entry("machine.wbinvd_sharing", "what a sharer of an LLC adds to WBINVD's walk"));

  private static final Map<String, Key> ALL = all();

  /// What a chart writes on its axis: a few words that need no other text. A number without a unit
  /// of its own counts what the words name.
  public String title() {
    String words = TITLES.getOrDefault(name, description);
    int end = words.indexOf(';');
    return end < 0 ? words : words.substring(0, end);
  }

  /// The setup with this key at a value. Throws [InputException] for a value it cannot have.
  public Setup in(Setup setup, String value) {
    return change.apply(setup, value);
  }

  /// The key with a name; of a machine's keys the section may be given too
  /// (`machine.prices.invlpg`). Throws [InputException], with the nearest known name, for any
  /// other.
  public static Key named(String name) {
    Key known = ALL.get(name);
    if (known != null) {
      return known;
    }
    if (name.startsWith("machine.") && name.indexOf('.', "machine.".length()) > 0) {
      return named("machine." + Parameter.ofKey(name.substring("machine.".length())).key());
    }
    throw Nearest.unknown("key", name, names());
  }

  /// Every key, in the order of listings.
  public static List<Key> keys() {
    return List.copyOf(ALL.values());
  }

  /// The names of all keys.
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  private static Map<String, Key> all() {
    List<Key> keys = new ArrayList<>();
    buffer(keys);
    platform(keys);
    conditions(keys);
    keys.add(
        new Key(
            "kernel",
            "the kernel version; see 'mapcost kernels'",
            Kind.WORD,
            Setup::withKernel,
            setup -> setup.kernel().name()));
    for (Behaviour behaviour : Behaviour.values()) {
      keys.add(
          new Key(
              "kernel." + behaviour.key(),
              behaviour.description(),
              behaviour == Behaviour.TTM_PREFAULT ? Kind.COUNT : Kind.WORD,
              (setup, value) -> setup.with(setup.kernel().with(behaviour, value)),
              setup -> setup.kernel().setting(behaviour).value()));
    }
    for (Parameter parameter : Parameter.values()) {
      keys.add(
          new Key(
              "machine." + parameter.key(),
              parameter.description(),
              kind(parameter),
              (setup, value) -> setup.with(setup.machine().with(parameter.key(), value)),
              setup -> setup.machine().quantity(parameter).toString()));
    }
    Map<String, Key> byName = new LinkedHashMap<>();
    keys.forEach(key -> byName.put(key.name(), key));
    return byName;
  }

  private static Kind kind(Parameter parameter) {
    return switch (parameter.dimension()) {
      case TIME -> Kind.TIME;
      case BYTES -> Kind.BYTES;
      case FREQUENCY -> Kind.FREQUENCY;
      case BANDWIDTH -> Kind.BANDWIDTH;
      case COUNT -> Kind.COUNT;
      case RATIO -> Kind.RATIO;
      case FLAG -> Kind.WORD;
    };
  }

  private static void buffer(List<Key> keys) {
    keys.add(
        new Key(
            "buffer",
            "the size of the buffer",
            Kind.PAGES,
            (setup, value) -> setup.withPages(Pages.parse(value).value()),
            setup -> new Pages(setup.pages()).bytes().toString()));
    keys.add(
        new Key(
            "touch",
            "the order in which its pages are touched",
            Kind.WORD,
            (setup, value) -> setup.with(TouchOrder.parse(value)),
            setup -> setup.touch().key()));
    keys.add(
        new Key(
            "mode",
            "the caching mode that the driver asks for",
            Kind.WORD,
            (setup, value) -> setup.with(CacheMode.parse(value)),
            setup -> setup.mode().key()));
    keys.add(
        new Key(
            "memory",
            "where the buffer is",
            Kind.WORD,
            (setup, value) -> setup.with(Memory.ofKey(value)),
            setup -> setup.memory().key()));
    keys.add(
        new Key(
            "at",
            "its first address",
            Kind.WORD,
            (setup, value) -> setup.with(PhysicalAddress.parse(value)),
            setup -> setup.address().toString()));
    keys.add(
        new Key(
            "pool",
            "where RAM comes from",
            Kind.WORD,
            (setup, value) -> setup.with(PoolKind.ofKey(value)),
            setup -> setup.pool().orElseGet(setup.kernel()::ttmPool).key()));
  }

  private static void platform(List<Key> keys) {
    keys.add(
        new Key(
            "platform.nodes",
            "the number of nodes the resource tree is brought to",
            Kind.COUNT,
            (setup, value) -> {
              Growth growth = setup.growth();
              OptionalInt nodes = OptionalInt.of(count("platform.nodes", value));
              return setup.with(new Growth(nodes, growth.reserved(), growth.pciDevices()));
            },
            setup -> String.valueOf(setup.growth().of(setup.tree(), setup.address()).size())));
    keys.add(
        new Key(
            "platform.reserved",
            "firmware ranges added to the resource tree",
            Kind.COUNT,
            (setup, value) -> {
              Growth growth = setup.growth();
              int reserved = count("platform.reserved", value);
              return setup.with(new Growth(growth.nodes(), reserved, growth.pciDevices()));
            },
            setup -> String.valueOf(setup.growth().reserved())));
    keys.add(
        new Key(
            "platform.pci_devices",
            "PCI functions added to it, with their driver's claims",
            Kind.COUNT,
            (setup, value) -> {
              Growth growth = setup.growth();
              int devices = count("platform.pci_devices", value);
              return setup.with(new Growth(growth.nodes(), growth.reserved(), devices));
            },
            setup -> String.valueOf(setup.growth().pciDevices())));
  }

  private static void conditions(List<Key> keys) {
    keys.add(
        new Key(
            "state.tree",
            "where the first walk of a fault finds the tree: hot, warm or cold",
            Kind.WORD,
            (setup, value) -> {
              Conditions old = setup.conditions();
              return setup.with(
                  new Conditions(
                      old.treeBytes(), heat(value), old.lines(), old.memtypes(), old.llcDirty()));
            },
            setup -> setup.conditions().firstWalk().key()));
    keys.add(
        new Key(
            "state.memtypes",
            "reservations in the memtype tree",
            Kind.COUNT,
            (setup, value) -> {
              Conditions old = setup.conditions();
              return setup.with(
                  new Conditions(
                      old.treeBytes(),
                      old.firstWalk(),
                      old.lines(),
                      count("state.memtypes", value),
                      old.llcDirty()));
            },
            setup -> String.valueOf(setup.conditions().memtypes())));
    keys.add(
        new Key(
            "state.llc_dirty",
            "the share of the last-level cache that is dirty when it is written back, 0 to 1",
            Kind.RATIO,
            (setup, value) -> {
              Conditions old = setup.conditions();
              double share = number("state.llc_dirty", value);
              if (!(share >= 0 && share <= 1)) {
                throw new InputException("state.llc_dirty is a share, 0 to 1, not " + value + ".");
              }
              return setup.with(
                  new Conditions(
                      old.treeBytes(), old.firstWalk(), old.lines(), old.memtypes(), share));
            },
            setup -> String.valueOf(setup.conditions().llcDirty())));
  }

  private static Conditions.Heat heat(String value) {
    return Arrays.stream(Conditions.Heat.values())
        .filter(each -> each.key().equals(value))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown(
                "heat",
                value,
                Arrays.stream(Conditions.Heat.values()).map(Conditions.Heat::key).toList()));
  }

  private static int count(String key, String value) {
    double number = number(key, value);
    if (number != Math.rint(number) || number < 0 || number > Integer.MAX_VALUE) {
      throw new InputException(key + " is a whole number from 0, not '" + value + "'.");
    }
    return (int) number;
  }

  private static double number(String key, String value) {
    try {
      return Double.parseDouble(value.strip());
    } catch (NumberFormatException e) {
      throw new InputException("'" + value + "' is no number for " + key + ".", e);
    }
  }
}
