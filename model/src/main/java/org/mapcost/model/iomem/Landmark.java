package org.mapcost.model.iomem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mapcost.model.units.PhysicalAddress;

/// A telling place in a resource tree: where RAM begins and ends, the largest BAR, the end of
/// everything.
///
/// @param name what is there, in words
/// @param address an address of the page to ask for
public record Landmark(String name, PhysicalAddress address) {
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
        .filter(node -> node.start >= ISA_END && isPciFunction(node.name))
        .toList();
  }

  /// Whether a node is named as a PCI function is: `0000:3b:00.0`, with a domain of four digits or
  /// more, and whatever comes behind it. Worlds are built by the thousand, and each looks for its
  /// BAR, so this is no regular expression.
  static boolean isPciFunction(String name) {
    int domain = hexDigits(name, 0);
    int bus = domain + 1;
    int device = bus + 3;
    int function = device + 3;
    return domain >= 4
        && name.length() > function
        && name.charAt(domain) == ':'
        && hexDigits(name, bus) == bus + 2
        && name.charAt(device - 1) == ':'
        && hexDigits(name, device) == device + 2
        && name.charAt(function - 1) == '.'
        && name.charAt(function) >= '0'
        && name.charAt(function) <= '7'
        && (name.length() == function + 1 || !isWord(name.charAt(function + 1)));
  }

  /// The end of the lower-case hexadecimal digits that begin at a place.
  private static int hexDigits(String name, int from) {
    int at = from;
    while (at < name.length() && "0123456789abcdef".indexOf(name.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
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
