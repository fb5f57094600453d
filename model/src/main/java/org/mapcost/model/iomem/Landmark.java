package org.mapcost.model.iomem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mapcost.model.units.PhysicalAddress;

/// A telling place in a resource tree: where RAM begins and ends, the largest BAR, the end of
/// everything.
///
/// @param name what is there, in words
/// @param address an address of the page to ask for
public record Landmark(String name, PhysicalAddress address) {
  private static final Pattern PCI_FUNCTION =
      Pattern.compile("[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]\\b.*");

  private static final long ISA_END = 1L << 20;

  /// The landmarks of a tree, by address; those it lacks are left out.
  public static List<Landmark> of(ResourceTree tree) {
    List<Landmark> landmarks = new ArrayList<>();
    List<Resource> ram =
        tree.nodes().stream().filter(node -> node.isSystemRam() && node.end >= ISA_END).toList();
    if (!ram.isEmpty()) {
      Resource first = ram.getFirst();
      landmarks.add(at("first RAM page above 1 MiB", Math.max(first.start, ISA_END)));
      landmarks.add(at("last RAM page", ram.getLast().end));
    }
    largestBar(tree).ifPresent(bar -> landmarks.add(at("largest PCI BAR: " + bar.name, bar.start)));
    bars(tree).stream()
        .max(Comparator.comparingLong(Resource::start))
        .ifPresent(bar -> landmarks.add(at("highest PCI BAR: " + bar.name, bar.start)));
    landmarks.sort(Comparator.comparing(Landmark::address));
    return landmarks;
  }

  /// The ranges that PCI functions own, in preorder. Those below 1 MiB are shadows of option ROMs,
  /// no BARs.
  public static List<Resource> bars(ResourceTree tree) {
    return tree.nodes().stream()
        .filter(node -> node.start >= ISA_END && PCI_FUNCTION.matcher(node.name).matches())
        .toList();
  }

  /// The largest range that a PCI function owns; of equals the first.
  public static Optional<Resource> largestBar(ResourceTree tree) {
    return bars(tree).stream()
        .max(
            Comparator.comparingLong((Resource node) -> node.end - node.start)
                .thenComparing(Resource::number, Comparator.reverseOrder()));
  }

  /// The name of the deepest node that holds an address, or `hole`.
  public static String at(ResourceTree tree, long address) {
    String name = "hole";
    for (Resource node : tree.nodes()) {
      if (node.start <= address && address <= node.end) {
        name = node.name;
      }
    }
    return name;
  }

  private static Landmark at(String name, long address) {
    return new Landmark(name, new PhysicalAddress(address & -4096));
  }
}
