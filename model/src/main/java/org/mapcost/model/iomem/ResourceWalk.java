package org.mapcost.model.iomem;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;

/// How a kernel searches the iomem tree for a range: `find_next_iomem_res`, called `find_next_res`
/// from 7.0 on.
///
/// All behaviours answer alike (the lowest node that overlaps the range and has the wanted flags);
/// they differ in the nodes they visit. A visited node is one whose range or flags are compared,
/// the node that ends the walk included.
///
/// Kernel: `kernel/resource.c`. Checked node by node against recordings of 5.10, 6.1, 6.12,
/// 6.12.43, 6.16, 6.17 and 7.2.
public enum ResourceWalk {
  /// Up to 5.2: every node in preorder, flags first, so that only a node *with* the flags can end
  /// the walk.
  W0 {
    @Override
    @Nullable Resource walk(ResourceTree tree, long start, long end, long flags, Visits visits) {
      Resource found = null;
      long visited = 0;
      for (Resource p = tree.root().child; p != null; p = p.next()) {
        visited++;
        if (p.has(flags)) {
          if (p.start > end) {
            break;
          }
          if (p.end >= start) {
            found = p;
            break;
          }
        }
      }
      visits.inPreorder(tree.root().child, visited);
      return found;
    }
  },
  /// 5.3 to 5.12: top-level nodes only, up to the first that reaches the range; from there on every
  /// node in preorder, also the children of nodes that end before the range.
  W1 {
    @Override
    @Nullable Resource walk(ResourceTree tree, long start, long end, long flags, Visits visits) {
      return inPreorder(firstReaching(start, tree, visits), start, end, flags, visits);
    }
  },
  /// 5.13 to 6.18: every node in preorder up to the first that starts behind the range.
  W2 {
    @Override
    @Nullable Resource walk(ResourceTree tree, long start, long end, long flags, Visits visits) {
      return inPreorder(tree.root().child, start, end, flags, visits);
    }
  },
  /// The skipping of W1, reinstated after 6.18 and in point releases of older kernels. Visits the
  /// same nodes as W1.
  W3 {
    @Override
    @Nullable Resource walk(ResourceTree tree, long start, long end, long flags, Visits visits) {
      return W1.walk(tree, start, end, flags, visits);
    }
  };

  abstract @Nullable Resource walk(
      ResourceTree tree, long start, long end, long flags, Visits visits);

  /// The first node at top level that does not end before `start`; the nodes before it are visited,
  /// itself not yet.
  private static @Nullable Resource firstReaching(long start, ResourceTree tree, Visits visits) {
    Resource p = tree.root().child;
    long visited = 0;
    while (p != null && p.end < start) {
      visited++;
      p = p.sibling;
    }
    visits.alongSiblings(tree.root().child, visited);
    return p;
  }

  /// From a node on every node in preorder, up to the first that starts behind the range.
  private static @Nullable Resource inPreorder(
      @Nullable Resource from, long start, long end, long flags, Visits visits) {
    Resource found = null;
    long visited = 0;
    for (Resource p = from; p != null; p = p.next()) {
      visited++;
      if (p.start > end) {
        break;
      }
      if (p.end >= start && p.has(flags)) {
        found = p;
        break;
      }
    }
    visits.inPreorder(from, visited);
    return found;
  }

  /// Finds the lowest node that overlaps `[start, end]` (both inclusive) and has all `flags`.
  ///
  /// Charges one [Event#RESOURCE_WALK] and an [Event#RESOURCE_NODE_VISIT] for each node compared.
  public @Nullable Resource find(
      ResourceTree tree, long start, long end, long flags, Visits visits, Meter meter) {
    long before = visits.count();
    meter.enter(Lock.RESOURCE_LOCK);
    Resource found = walk(tree, start, end, flags, visits);
    meter.add(Event.RESOURCE_WALK);
    meter.add(Event.RESOURCE_NODE_VISIT, visits.count() - before);
    meter.leave(Lock.RESOURCE_LOCK);
    return found;
  }

  /// The same for the question of `ioremap` (`walk_mem_res`): before 5.13, which is [#W0] and
  /// [#W1], only nodes at top level are looked at.
  public @Nullable Resource findMemory(
      ResourceTree tree, long start, long end, long flags, Visits visits, Meter meter) {
    if (this == W2 || this == W3) {
      return find(tree, start, end, flags, visits, meter);
    }
    long before = visits.count();
    meter.enter(Lock.RESOURCE_LOCK);
    Resource found = null;
    for (Resource p = tree.root().child; p != null && found == null; p = p.sibling) {
      visits.at(p);
      boolean judged = this == W1 || p.has(flags);
      if (judged && p.start > end) {
        break;
      }
      if (p.end >= start && p.has(flags)) {
        found = p;
      }
    }
    meter.add(Event.RESOURCE_WALK);
    meter.add(Event.RESOURCE_NODE_VISIT, visits.count() - before);
    meter.leave(Lock.RESOURCE_LOCK);
    return found;
  }

  /// The name in kernel files and on the command line: `w0` ... `w3`.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The behaviour with a name.
  public static ResourceWalk ofKey(String key) {
    for (ResourceWalk each : values()) {
      if (each.key().equals(key.toLowerCase(Locale.ROOT))) {
        return each;
      }
    }
    throw new InputException("unknown resource walk '" + key + "'. Known: w0, w1, w2, w3.");
  }
}
