package org.mapcost.benchmarks.mechanism;

import java.util.Arrays;
import java.util.Locale;
import org.mapcost.model.Nearest;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.units.Pages;

/// Where in a tree the page lies that a walk asks for.
public enum Target {
  /// The first page of RAM above 1 MiB: few nodes are visited.
  FIRST {
    @Override
    public long address(ResourceTree tree, ResourceWalk behaviour) {
      for (Resource node : tree.nodes()) {
        long page = roundUp(Math.max(node.start(), MIB));
        if (node.isSystemRam() && page + Pages.PAGE_SIZE - 1 <= node.end()) {
          return page;
        }
      }
      throw new IllegalArgumentException(tree.name() + " has no RAM above 1 MiB");
    }
  },
  /// The first page of the node in the middle of the preorder.
  MIDDLE {
    @Override
    public long address(ResourceTree tree, ResourceWalk behaviour) {
      return Math.max(roundDown(tree.node(tree.size() / 2).start()), MIB);
    }
  },
  /// The page, not of RAM, for which the behaviour visits most nodes.
  ///
  /// W0 and W2 go through the whole tree for a page above everything. W1 and W3 pass over the
  /// children of nodes that end before the page, so they visit most for the last page of a window
  /// high up with much in it.
  LAST {
    @Override
    public long address(ResourceTree tree, ResourceWalk behaviour) {
      return switch (behaviour) {
        case W0, W2 -> aboveEverything(tree);
        case W1, W3 -> endOfTheFullestWindow(tree);
      };
    }
  };

  private static final long MIB = 1L << 20;

  /// The address of the page's first byte.
  public abstract long address(ResourceTree tree, ResourceWalk behaviour);

  /// The name as a benchmark parameter: `first`, `middle`, `last`.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Target ofKey(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown("target", key, Arrays.stream(values()).map(Target::key).toList()));
  }

  private static long aboveEverything(ResourceTree tree) {
    return roundUp(tree.nodes().stream().mapToLong(Resource::end).max().orElse(MIB) + 1);
  }

  /// A walk that skips children visits the nodes at top level up to the window, all of the window,
  /// and the node behind it that ends the walk.
  private static long endOfTheFullestWindow(ResourceTree tree) {
    long address = aboveEverything(tree);
    int most = tree.topLevelNodes();
    int before = 0;
    for (Resource top = tree.root().child(); top != null; top = top.sibling()) {
      Resource next = top.sibling();
      int inside = (next == null ? tree.size() : next.number()) - top.number();
      int visited = before + inside + (next == null ? 0 : 1);
      if (visited >= most && !top.isSystemRam() && top.end() >= MIB) {
        most = visited;
        address = roundDown(top.end());
      }
      before++;
    }
    return address;
  }

  private static long roundDown(long address) {
    return address & -Pages.PAGE_SIZE;
  }

  private static long roundUp(long address) {
    return roundDown(address + Pages.PAGE_SIZE - 1);
  }
}
