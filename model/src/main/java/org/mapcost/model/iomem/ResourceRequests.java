package org.mapcost.model.iomem;

import org.jspecify.annotations.Nullable;

/// Changes a resource tree the way firmware, buses and drivers do while a machine starts.
///
/// Nodes stay sorted and apart: a request that overlaps its siblings is refused, an insertion takes
/// whole siblings below itself. Every call starts at the first child of a node and follows links;
/// the nodes it compares are counted in [Visits].
///
/// Kernel: `kernel/resource.c`, read in 5.10 and 7.x, which agree here. Not safe for use by several
/// threads.
public final class ResourceRequests {
  /// `-EBUSY`: something is there already.
  public static final int EBUSY = -16;

  /// `-EINVAL`: the node is not in the tree.
  public static final int EINVAL = -22;

  private final ResourceTree tree;
  private final Visits visits;

  /// @param tree the tree to change
  /// @param visits counts the nodes that requests, insertions and releases compare
  public ResourceRequests(ResourceTree tree, Visits visits) {
    this.tree = tree;
    this.visits = visits;
  }

  /// Puts a node among the children of `parent` (`request_resource_conflict`). Null when it is
  /// there, else what stood in the way: the first child that overlaps, or `parent` itself when the
  /// node does not fit into it. Never descends.
  ///
  /// Compares one node more than stand before the place, at most all.
  public @Nullable Resource request(Resource parent, Resource added) {
    Resource conflict = link(parent, added);
    tree.renumber();
    return conflict;
  }

  /// The same with the kernel's answer (`request_resource`): 0, or [#EBUSY].
  public int requestResource(Resource parent, Resource added) {
    return request(parent, added) == null ? 0 : EBUSY;
  }

  /// `__request_resource`, without renumbering.
  private @Nullable Resource link(Resource parent, Resource added) {
    refuseLinked(added);
    if (added.end < added.start || added.start < parent.start || added.end > parent.end) {
      return parent;
    }
    Resource before = null;
    Resource each = parent.child;
    while (each != null) {
      visits.at(each);
      if (each.start > added.end) {
        break;
      }
      if (each.end >= added.start) {
        return each;
      }
      before = each;
      each = each.sibling;
    }
    added.sibling = each;
    added.parent = parent;
    setNext(parent, before, added);
    return null;
  }

  /// Puts a node where it belongs at or below `parent` (`insert_resource_conflict`): as deep as a
  /// node contains it wholly, and above the nodes that lie wholly inside it; a node with exactly
  /// its range comes below it. Null when it is there, else the node that overlaps it in part, or
  /// the parent it does not fit into.
  public @Nullable Resource insert(Resource parent, Resource added) {
    Resource conflict = place(parent, added);
    tree.renumber();
    return conflict;
  }

  /// The same with the kernel's answer (`insert_resource`): 0, or [#EBUSY].
  public int insertResource(Resource parent, Resource added) {
    return insert(parent, added) == null ? 0 : EBUSY;
  }

  /// `__insert_resource`.
  private @Nullable Resource place(Resource parent, Resource added) {
    Resource above = parent;
    Resource first;
    while (true) {
      first = link(above, added);
      if (first == null || first == above) {
        return first;
      }
      if (first.start > added.start || first.end < added.end) {
        break;
      }
      if (first.start == added.start && first.end == added.end) {
        break;
      }
      above = first;
    }
    Resource last = first;
    while (true) {
      visits.at(last);
      if (last.start < added.start || last.end > added.end) {
        return last;
      }
      Resource next = last.sibling;
      if (next == null || next.start > added.end) {
        break;
      }
      last = next;
    }
    Resource before = siblingBefore(above, first);
    added.parent = above;
    added.sibling = last.sibling;
    added.child = first;
    last.sibling = null;
    for (Resource each = first; each != null; each = each.sibling) {
      each.parent = added;
    }
    setNext(above, before, added);
    return null;
  }

  /// Puts a node at or below `root` and widens it over whatever it overlaps in part
  /// (`insert_resource_expand_to_fit`). Leaves it out, silently as the kernel does, when it does
  /// not fit into `root` or is in a tree already.
  public void insertExpandToFit(Resource root, Resource added) {
    if (added.parent != null) {
      return;
    }
    while (true) {
      Resource conflict = place(root, added);
      if (conflict == null || conflict == root) {
        break;
      }
      added.start = Math.min(added.start, conflict.start);
      added.end = Math.max(added.end, conflict.end);
    }
    tree.renumber();
  }

  /// Takes a node out of the tree with everything below it (`release_resource`): 0, or [#EINVAL]
  /// when it is in no tree.
  public int release(Resource old) {
    return unlink(old, true);
  }

  /// Takes a node out of the tree and puts its children in its place (`remove_resource`): 0, or
  /// [#EINVAL] when it is in no tree.
  public int remove(Resource old) {
    return unlink(old, false);
  }

  /// `__release_resource`.
  private int unlink(Resource old, boolean withChildren) {
    Resource parent = old.parent;
    if (parent == null) {
      return EINVAL;
    }
    Resource before = siblingBefore(parent, old);
    Resource after = old.sibling;
    if (!withChildren && old.child != null) {
      after = old.child;
      Resource last = old.child;
      last.parent = parent;
      while (last.sibling != null) {
        last = last.sibling;
        last.parent = parent;
      }
      last.sibling = old.sibling;
      old.child = null;
    }
    setNext(parent, before, after);
    old.parent = null;
    old.sibling = null;
    tree.renumber();
    return 0;
  }

  /// The child of `parent` that stands before `node`; null when that is the first one. Counts the
  /// nodes up to it.
  private @Nullable Resource siblingBefore(Resource parent, Resource node) {
    Resource before = null;
    Resource each = parent.child;
    while (each != null && each != node) {
      visits.at(each);
      before = each;
      each = each.sibling;
    }
    if (each == null) {
      throw new IllegalStateException(node + " is not among the children of its parent");
    }
    visits.at(each);
    return before;
  }

  private static void setNext(Resource parent, @Nullable Resource before, @Nullable Resource next) {
    if (before == null) {
      parent.child = next;
    } else {
      before.sibling = next;
    }
  }

  private static void refuseLinked(Resource added) {
    if (added.parent != null) {
      throw new IllegalArgumentException(added + " is in a tree already; release it first");
    }
  }

  /// A driver's answer to a request for a region.
  public enum Outcome {
    /// The region is the driver's.
    GRANTED,
    /// Somebody else has it, or it does not fit: the kernel returns NULL.
    BUSY,
    /// Somebody else has it, and both share it in turns (`IORESOURCE_MUXED`): the caller sleeps
    /// until it is released.
    SLEEPS
  }

  /// The answer to [#requestRegion].
  ///
  /// @param outcome what became of it
  /// @param resource the new node; null unless granted
  public record Region(Outcome outcome, @Nullable Resource resource) {}

  /// Claims `[start, start + bytes)` below `parent` for a driver (`__request_region`): the new node
  /// is busy, and goes as deep as nodes that are not busy contain it.
  ///
  /// @param bytes at least 1
  /// @param flags [Resource#MUXED] or 0, besides the kind of memory, which `parent` gives
  public Region requestRegion(Resource parent, long start, long bytes, String name, long flags) {
    Resource region = Resource.unlinked(start, start + bytes - 1, 0, name);
    Resource above = parent;
    while (true) {
      region.flags = (above.flags & Resource.KIND) | Resource.BUSY | flags;
      Resource conflict = link(above, region);
      if (conflict == null) {
        tree.renumber();
        return new Region(Outcome.GRANTED, region);
      }
      if (conflict != above && !conflict.has(Resource.BUSY)) {
        above = conflict;
        continue;
      }
      boolean shared = (conflict.flags & flags & Resource.MUXED) != 0;
      return new Region(shared ? Outcome.SLEEPS : Outcome.BUSY, null);
    }
  }

  /// Gives a region back (`__release_region`). Only a busy node with exactly this range is found,
  /// below nodes that are not busy and contain it; false when there is none, where the kernel logs
  /// `Trying to free nonexistent resource`.
  public boolean releaseRegion(Resource parent, long start, long bytes) {
    long end = start + bytes - 1;
    Resource above = parent;
    Resource before = null;
    Resource each = parent.child;
    while (each != null) {
      visits.at(each);
      if (each.start <= start && each.end >= end) {
        if (each.has(Resource.BUSY)) {
          break;
        }
        above = each;
        before = null;
        each = each.child;
      } else {
        before = each;
        each = each.sibling;
      }
    }
    if (each == null || each.start != start || each.end != end) {
      return false;
    }
    setNext(above, before, each.sibling);
    each.parent = null;
    each.sibling = null;
    tree.renumber();
    return true;
  }
}
