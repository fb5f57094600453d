package org.mapcost.model.script;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.pageattr.Attribute;
import org.mapcost.model.pageattr.CpaLimits;
import org.mapcost.model.pageattr.DirectMap;
import org.mapcost.model.pageattr.PageAttributes;
import org.mapcost.model.pat.Errno;
import org.mapcost.model.pat.MemtypeTree;
import org.mapcost.model.tlb.Cpus;

/// Carries out the operations of a transition script on one machine, whose direct map remembers
/// every split.
///
/// | operation | what it does |
/// |---|---|
/// | `pages S contiguous N` | names N pages that follow each other, from a 2 MiB border on |
/// | `pages S scattered N` | names N single pages: every second one, from a 2 MiB border on |
/// | `pages S one-per-2M N` | names one page in each of N blocks of 2 MiB |
/// | `set S wc array` | `set_pages_array_wc` of all of them; also `uc` and `wb` |
/// | `set S wc range` | `set_memory_wc`; the pages must follow each other |
///
/// The pages of a name lie in blocks of their own that were never split before; a name that is used
/// again stands for its new pages.
public final class TransitionScript {
  private static final String PAGES = "pages NAME LAYOUT N";
  private static final String SET = "set NAME wc|uc|wb array|range";

  /// One operation carried out.
  ///
  /// @param line the operation
  /// @param result 0, or what the kernel's callers must expect for any refusal: EINVAL
  /// @param error the kernel's own error number; 0 for none
  /// @param ledger what it counted
  public record Step(ScriptLine line, int result, int error, Ledger ledger) {
    /// The error's name, such as `EBUSY`; empty for a success.
    public String errorName() {
      return switch (error) {
        case 0 -> "";
        case Errno.EBUSY -> "EBUSY";
        case Errno.EINVAL -> "EINVAL";
        case Errno.ENOMEM -> "ENOMEM";
        default -> String.valueOf(error);
      };
    }
  }

  /// How the pages of one name lie.
  public enum Layout {
    /// One behind the other.
    CONTIGUOUS("contiguous"),
    /// Every second page.
    SCATTERED("scattered"),
    /// Each in a 2 MiB block of its own, somewhere in its middle.
    ONE_PER_2M("one-per-2M");

    private final String key;

    Layout(String key) {
      this.key = key;
    }

    /// `contiguous`, `scattered`, `one-per-2M`.
    public String key() {
      return key;
    }

    static Optional<Layout> ofKey(String key) {
      return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
  private record PageSet(Layout layout, long[] pfns) {}

  private final FreshMemory memory;
  private final PageAttributes attributes;
  private final Map<String, PageSet> sets = new HashMap<>();

  /// A CPU with `clflush`, and memory for every split.
  ///
  /// @param largest the largest page that the direct map was made of
  public TransitionScript(Kernel kernel, ResourceTree tree, Cpus cpus, DirectMap.Level largest) {
    this(kernel, tree, cpus, largest, CpaLimits.NONE);
  }

  /// @param largest the largest page that the direct map was made of
  /// @param limits what the CPU or the memory lacks
  public TransitionScript(
      Kernel kernel, ResourceTree tree, Cpus cpus, DirectMap.Level largest, CpaLimits limits) {
    this.memory = new FreshMemory(tree);
    this.attributes =
        new PageAttributes(
            new DirectMap(memory.end(), largest),
            null,
            kernel.memtypes(tree, new MemtypeTree()),
            kernel.tlbFlush(cpus),
            kernel.cpaFlush(),
            limits);
  }

  /// Carries out one operation. Throws `InputException` with file and line when it cannot be done.
  public Step perform(ScriptLine line) {
    Ledger ledger = new Ledger();
    ledger.enter(Phase.ALLOCATE);
    int error =
        switch (line.verb()) {
          case "pages" -> name(line);
          case "set" -> set(line, ledger);
          default -> throw line.unknownVerb(List.of("pages", "set"));
        };
    boolean refused = error == Errno.EBUSY || error == Errno.EINVAL;
    return new Step(line, refused ? Errno.EINVAL : error, error, ledger);
  }

  private int name(ScriptLine line) {
    String name = line.argument(1, PAGES);
    Layout layout =
        Layout.ofKey(line.argument(2, PAGES))
            .orElseThrow(() ->
                line.unknown(
                    "layout",
                    line.words().get(2),
                    Arrays.stream(Layout.values()).map(Layout::key).toList()));
    int pages = line.pages(3, PAGES, 1);
    long[] pfns = take(layout, pages);
    if (pfns.length < pages) {
      throw line.refused(
          memory.name()
              + " has not enough untouched RAM left for "
              + pages
              + " pages; ask for fewer, or give another --iomem.");
    }
    sets.put(name, new PageSet(layout, pfns));
    return 0;
  }

  private long[] take(Layout layout, int pages) {
    return switch (layout) {
      case CONTIGUOUS -> {
        var first = memory.contiguous(blocks(pages));
        yield first.isEmpty()
            ? new long[0]
            : LongStream.range(first.getAsLong(), first.getAsLong() + pages).toArray();
      }
      case SCATTERED ->
          memory
              .anywhere(blocks(2L * pages))
              .flatMap(first -> LongStream.range(0, FreshMemory.BLOCK / 2).map(i -> first + 2 * i))
              .limit(pages)
              .toArray();
      case ONE_PER_2M -> memory.anywhere(pages).map(first -> first + 7).toArray();
    };
  }

  private static long blocks(long pages) {
    return (pages + FreshMemory.BLOCK - 1) / FreshMemory.BLOCK;
  }

  private int set(ScriptLine line, Ledger ledger) {
    String name = line.argument(1, SET);
    PageSet set = sets.get(name);
    if (set == null) {
      throw line.refused(
          "nothing is called '" + name + "'; name pages first: pages " + name + " contiguous 64.");
    }
    Attribute to = attribute(line);
    return switch (line.argument(3, SET)) {
      case "array" -> attributes.setPagesArray(to, set.pfns, ledger);
      case "range" -> {
        if (set.layout != Layout.CONTIGUOUS && set.pfns.length > 1) {
          throw line.refused(
              "set_memory_* changes pages that follow each other, and '%s' is %s; write array."
                  .formatted(name, set.layout.key));
        }
        yield attributes.setMemory(to, set.pfns[0], set.pfns.length, ledger);
      }
      default -> throw line.unknown("call", line.words().get(3), List.of("array", "range"));
    };
  }

  private static Attribute attribute(ScriptLine line) {
    List<String> known = Arrays.stream(Attribute.values()).map(Attribute::key).toList();
    String word = line.argument(2, SET);
    if (!known.contains(word)) {
      throw line.unknown("caching attribute", word, known);
    }
    return Attribute.ofKey(word);
  }

  /// The direct map as it is now.
  public DirectMap directMap() {
    return attributes.map();
  }
}
