package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.units.Pages;
import org.mapcost.model.units.PhysicalAddress;

/// A platform with another number of resource nodes: what firmware and devices add to a machine's
/// tree, or what a smaller machine lacks.
///
/// New nodes take the place of the end of the first large System RAM below the buffer, where a walk
/// for the buffer comes by. Firmware ranges stand at top level, one page each with a page between
/// them, so that every walk looks at them. PCI functions stand below a bridge of their own, each
/// with its driver's claim: walks that skip what ends before the buffer skip them all.
///
/// @param nodes the number of nodes the tree is brought to first; empty leaves it as it is. Fewer:
///   leaves go, evenly spaced, except RAM and what is around the buffer. More: a quarter becomes
///   firmware ranges and the rest PCI functions, as in trees of real machines with 130 to 290 nodes
/// @param reserved firmware ranges added, 0 to 100 000; one node each
/// @param pciDevices PCI functions added, 0 to 100 000; two nodes each, and one for their bridge
public record Growth(OptionalInt nodes, int reserved, int pciDevices) {
  /// The tree as it is.
  public static final Growth NONE = new Growth(OptionalInt.empty(), 0, 0);

  private static final int MOST = 100_000;
  private static final long STEP = 2 * Pages.PAGE_SIZE;
  private static final long MIB = 1L << 20;

  /// In trees of real machines about a quarter of the nodes is at top level.
  private static final int TOP_LEVEL_SHARE = 4;

  public Growth {
    checkCount("platform.reserved", reserved);
    checkCount("platform.pci_devices", pciDevices);
    nodes.ifPresent(count -> checkCount("platform.nodes", count));
  }

  private static void checkCount(String key, int count) {
    if (count < 0 || count > MOST) {
      throw new InputException("%s is 0 to %d, not %d.".formatted(key, MOST, count));
    }
  }

  /// A tree with this growth. Throws [InputException] where it has no RAM below the buffer to make
  /// room in, or where no tree of so few nodes holds the buffer.
  ///
  /// @param at the buffer's first address
  ResourceTree of(ResourceTree tree, PhysicalAddress at) {
    return site(tree, at).tree();
  }

  /// What this growth comes to on a tree.
  Site site(ResourceTree tree, PhysicalAddress at) {
    if (nodes.isEmpty()) {
      return new Site(tree, at.value(), reserved, pciDevices);
    }
    ResourceTree sized = Pruned.to(tree, nodes.getAsInt(), at.value());
    int missing = nodes.getAsInt() - sized.size();
    int devices = Math.max(0, (missing - missing / TOP_LEVEL_SHARE - 1) / 2);
    int firmware = missing - (devices > 0 ? 2 * devices + 1 : 0);
    return new Site(sized, at.value(), reserved + firmware, pciDevices + devices);
  }

  /// A tree and what is added to it.
  ///
  /// @param base the tree without any addition
  /// @param at the buffer's first address
  /// @param firmware firmware ranges to add
  /// @param devices PCI functions to add
  record Site(ResourceTree base, long at, int firmware, int devices) {
    ResourceTree tree() {
      return with(firmware, devices);
    }

    /// The base with other numbers of additions.
    ResourceTree with(int ranges, int functions) {
      return ranges + functions == 0 ? base : grown(base, at, ranges, functions);
    }
  }

  private static ResourceTree grown(ResourceTree tree, long at, int firmware, int devices) {
    long room = firmware * STEP + devices * STEP + MIB;
    Resource donor = donor(tree, at, room);
    ResourceTree.Builder grown =
        new ResourceTree.Builder(
            tree.name()
                + describe(firmware, " firmware ranges")
                + describe(devices, " PCI devices"));
    Resource last = lastBelow(donor);
    for (Resource node : tree.nodes()) {
      long end = node == donor ? (node.end() + 1 - room) - 1 : node.end();
      grown.add(node.depth(), node.start(), end, node.name());
      if (node == last) {
        long next = (donor.end() + 1 - room + MIB) & -Pages.PAGE_SIZE;
        for (int i = 0; i < firmware; i++, next += STEP) {
          grown.add(0, next, next + Pages.PAGE_SIZE - 1, "Reserved");
        }
        if (devices > 0) {
          addDevices(grown, next, devices);
        }
      }
    }
    return grown.build();
  }

  private static String describe(int count, String what) {
    return count == 0 ? "" : " + " + count + what;
  }

  private static void addDevices(ResourceTree.Builder grown, long from, int devices) {
    grown.add(0, from, from + devices * STEP - 1, "PCI Bus 0000:f0");
    for (int i = 0; i < devices; i++) {
      long start = from + i * STEP;
      String function = "0000:%02x:%02x.%d".formatted(0xf0 | ((i >> 8) & 15), (i >> 3) & 31, i & 7);
      grown.add(1, start, start + Pages.PAGE_SIZE - 1, function);
      grown.add(2, start, start + Pages.PAGE_SIZE - 1, "vfio-pci");
    }
  }

  /// The first System RAM at top level that ends below the buffer and keeps half of itself.
  private static Resource donor(ResourceTree tree, long at, long room) {
    return tree.nodes().stream()
        .filter(node -> node.depth() == 0 && node.isSystemRam())
        .filter(node -> node.end() < at && node.end() - node.start() + 1 >= 2 * room)
        .filter(node -> childrenEnd(node) < node.end() + 1 - room)
        .findFirst()
        .orElseThrow(() ->
            new InputException(
                "%s has no System RAM below %s to make room for more nodes; give another --iomem."
                    .formatted(tree.name(), new PhysicalAddress(at))));
  }

  private static long childrenEnd(Resource node) {
    long end = -1;
    for (Resource each = node.child(); each != null; each = each.sibling()) {
      end = Math.max(end, each.end());
    }
    return end;
  }

  private static Resource lastBelow(Resource node) {
    Resource last = node;
    @Nullable Resource child = node.child();
    while (child != null) {
      last = child;
      child = child.sibling() != null ? child.sibling() : child.child();
    }
    return last;
  }

  /// A tree with fewer nodes.
  private static final class Pruned {
    private Pruned() {}

    static ResourceTree to(ResourceTree tree, int nodes, long at) {
      Set<Resource> kept = new HashSet<>(tree.nodes());
      while (kept.size() > nodes) {
        List<Resource> leaves = leaves(tree, kept, at);
        int surplus = Math.min(kept.size() - nodes, leaves.size());
        if (surplus == 0) {
          throw new InputException(
              "platform.nodes: %s needs %d nodes for its RAM and the buffer, so not %d."
                  .formatted(tree.name(), kept.size(), nodes));
        }
        for (int i = 0; i < surplus; i++) {
          kept.remove(leaves.get((int) ((long) i * leaves.size() / surplus)));
        }
      }
      if (kept.size() == tree.size()) {
        return tree;
      }
      ResourceTree.Builder fewer = new ResourceTree.Builder(tree.name() + ", " + nodes + " nodes");
      for (Resource node : tree.nodes()) {
        if (kept.contains(node)) {
          fewer.add(node.depth(), node.start(), node.end(), node.name());
        }
      }
      return fewer.build();
    }

    /// Nodes that may go: no RAM, not around the buffer, and nothing below them is left.
    private static List<Resource> leaves(ResourceTree tree, Set<Resource> kept, long at) {
      Set<Resource> parents = new HashSet<>();
      for (Resource node : kept) {
        Resource parent = node.parent();
        if (parent != null) {
          parents.add(parent);
        }
      }
      List<Resource> leaves = new ArrayList<>();
      for (Resource node : tree.nodes()) {
        boolean around = node.start() <= at && at <= node.end();
        if (kept.contains(node) && !parents.contains(node) && !node.isSystemRam() && !around) {
          leaves.add(node);
        }
      }
      return leaves;
    }
  }
}
