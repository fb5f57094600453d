package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.mapcost.benchmarks.mechanism.SyntheticTree;
import org.mapcost.model.InputException;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.iomem.Landmark;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.units.Pages;

/// The resource tree a command works on: a file's, this host's own, or a bundled real machine's.
///
/// @param tree the tree
/// @param describe where it comes from, for every output
/// @param ownHost whether it is this host's
public record PlatformTree(ResourceTree tree, String describe, boolean ownHost) {
  private static final Path HOST = Path.of("/proc/iomem");
  private static final String BUNDLED = "bundled:";
  private static final String SYNTHETIC = "synthetic:";

  /// Trees that were asked for by name; they are the same every time.
  private static final Map<String, PlatformTree> MADE = new ConcurrentHashMap<>();

  private static final BundledTree STAND_IN = BundledTree.LAPTOP_COMETLAKE_IGPU;

  /// The tree of `--iomem FILE` (or `bundled:NAME`, or `synthetic:NODES`); without it this host's,
  /// and where that cannot be read a bundled one. What a person must know about the choice goes to
  /// `warnings`.
  public static PlatformTree of(Optional<String> iomem, PrintWriter warnings) {
    if (iomem.isEmpty()) {
      return ofHost(HOST, warnings);
    }
    String file = iomem.get();
    if (file.startsWith(BUNDLED)) {
      return bundled(BundledTree.ofKey(file.substring(BUNDLED.length())));
    }
    if (file.startsWith(SYNTHETIC)) {
      return MADE.computeIfAbsent(file, PlatformTree::synthetic);
    }
    ProcIomem.Reading reading = ProcIomem.read(Path.of(file));
    print(reading.warnings(), warnings);
    return new PlatformTree(reading.tree(), file, false);
  }

  /// This host's tree in `file`, or the stand-in with the reason.
  static PlatformTree ofHost(Path file, PrintWriter warnings) {
    String reason = whyNotThisHost(file);
    if (reason.isEmpty()) {
      try {
        ProcIomem.Reading reading = ProcIomem.read(file);
        return new PlatformTree(reading.tree(), "this host's " + file, true);
      } catch (InputException e) {
        return standIn(String.valueOf(e.getMessage()), warnings);
      }
    }
    return standIn(reason, warnings);
  }

  /// This tree, unless it is this host's and has no PCI BAR for a buffer of VRAM: virtual machines
  /// have none, and a person who named no tree did not ask for that one.
  PlatformTree holding(long pages, PrintWriter warnings) {
    long most =
        Landmark.largestBar(tree).map(bar -> (bar.end() - bar.start() + 1) / 4096).orElse(0L);
    if (!ownHost || most >= pages) {
      return this;
    }
    return standIn(
        "no PCI BAR of this host holds %s of VRAM (the largest has %s)."
            .formatted(new Pages(pages).bytes(), new Pages(most).bytes()),
        warnings);
  }

  /// A real machine's tree, with the reason why it is not this host's.
  private static PlatformTree standIn(String reason, PrintWriter warnings) {
    PlatformTree stand = bundled(STAND_IN);
    warnings.println("mapcost: " + reason);
    warnings.println(
        "mapcost: using the tree of a real machine instead: "
            + stand.describe()
            + ". Give --iomem FILE for another.");
    return stand;
  }

  private static String whyNotThisHost(Path file) {
    String system = System.getProperty("os.name", "unknown");
    String processor = System.getProperty("os.arch", "unknown");
    boolean x86 = List.of("amd64", "x86_64").contains(processor.toLowerCase(Locale.ROOT));
    if (!system.equals("Linux") || !x86) {
      return "this host is "
          + system
          + " on "
          + processor
          + ", not Linux on x86-64: the model, its files and its charts work here; this host's own"
          + " resource tree does not.";
    }
    return Files.exists(file) ? "" : file + " does not exist on this host.";
  }

  private static PlatformTree synthetic(String name) {
    ResourceTree tree =
        SyntheticTree.ofName(SyntheticTree.PREFIX + name.substring(SYNTHETIC.length()));
    return new PlatformTree(tree, name + " (made up to look like a real one)", false);
  }

  private static PlatformTree bundled(BundledTree bundled) {
    return MADE.computeIfAbsent(BUNDLED + bundled.key(), _ -> read(bundled));
  }

  private static PlatformTree read(BundledTree bundled) {
    return new PlatformTree(
        bundled.tree(), BUNDLED + bundled.key() + " (" + bundled.description() + ")", false);
  }

  /// At most three lines, the last of which says how many more there are.
  static void print(List<String> lines, PrintWriter warnings) {
    int shown = lines.size() <= 3 ? lines.size() : 2;
    lines.stream().limit(shown).forEach(line -> warnings.println("mapcost: warning: " + line));
    if (lines.size() > shown) {
      warnings.println("mapcost: warning: " + (lines.size() - shown) + " more of this kind.");
    }
  }
}
