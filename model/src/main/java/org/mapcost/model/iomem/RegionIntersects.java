package org.mapcost.model.iomem;

import org.jspecify.annotations.Nullable;
import org.mapcost.model.Keys;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;

/// How a kernel finds out whether a region holds memory of a kind (`region_intersects`), which
/// `memremap` and `/dev/mem` ask about System RAM.
///
/// Kernel: `kernel/resource.c`, read in 5.10 and 7.x. Asking allocates nothing.
public enum RegionIntersects {
  /// Up to 6.11: looks at every node at top level, those behind the region too, and at none below.
  TOP_LEVEL,
  /// From 6.12 on (`__region_intersects`): where a node at top level is of another kind, its
  /// descendants are looked at too. They stand for it if they cover its part of the region from the
  /// left without a gap.
  DESCENDS;

  /// What a region holds. Holes count as nothing: RAM with a hole behind it is [#INTERSECTS].
  public enum Answer {
    /// `REGION_DISJOINT`: nothing of the kind.
    DISJOINT,
    /// `REGION_INTERSECTS`: something of the kind and nothing else.
    INTERSECTS,
    /// `REGION_MIXED`: both.
    MIXED
  }

  /// Asks whether `[start, start + bytes)` holds nodes with all `flags`. Takes the lock of the tree
  /// once; `visits` counts the nodes that are compared.
  public Answer ask(
      ResourceTree tree, long start, long bytes, long flags, Visits visits, Meter meter) {
    long end = start + bytes - 1;
    boolean kind = false;
    boolean other = false;
    meter.enter(Lock.RESOURCE_LOCK);
    for (Resource p = tree.root().child; p != null; p = p.sibling) {
      visits.at(p);
      if (!p.overlaps(start, end)) {
        continue;
      }
      if (p.has(flags)) {
        kind = true;
        continue;
      }
      Cover cover = this == DESCENDS ? cover(p, start, end, flags, visits) : Cover.NONE;
      kind |= cover != Cover.NONE;
      other |= cover != Cover.WHOLE;
    }
    meter.leave(Lock.RESOURCE_LOCK);
    if (!kind) {
      return Answer.DISJOINT;
    }
    return other ? Answer.MIXED : Answer.INTERSECTS;
  }

  /// How much of a node's part of the region its descendants of the kind account for.
  private enum Cover {
    NONE,
    PART,
    WHOLE
  }

  /// Goes through the descendants of `top` in preorder, until one of the kind leaves a gap on its
  /// left or reaches the end.
  private static Cover cover(Resource top, long start, long end, long flags, Visits visits) {
    long from = Math.max(start, top.start);
    long to = Math.min(end, top.end);
    Cover cover = Cover.NONE;
    for (Resource p = top.child; p != null; p = nextBelow(p, top)) {
      visits.at(p);
      if (!p.overlaps(start, end) || !p.has(flags)) {
        continue;
      }
      cover = Cover.PART;
      if (p.start > from) {
        return cover;
      }
      if (p.end >= to) {
        return Cover.WHOLE;
      }
      from = Math.max(from, p.end + 1);
    }
    return cover;
  }

  /// The next node in preorder, as long as it is a descendant of `top`.
  private static @Nullable Resource nextBelow(Resource node, Resource top) {
    if (node.child != null) {
      return node.child;
    }
    Resource p = node;
    while (p.sibling == null) {
      p = p.parent;
      if (p == null || p == top) {
        return null;
      }
    }
    return p.sibling;
  }

  /// The value in kernel files.
  public String key() {
    return Keys.of(this);
  }

  public static RegionIntersects ofKey(String key) {
    return Keys.parse(RegionIntersects.class, "way to test a region", key);
  }
}
