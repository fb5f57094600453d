package org.mapcost.model.pat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The memtype interval tree: every reservation of memory that is not RAM.
///
/// A balanced binary tree ordered by start; every node knows the last end below it. Overlapping and
/// identical ranges are nodes of their own, nothing is counted or merged; of equal starts the later
/// reservation comes later. The kernel's is a red-black tree, this one an AVL tree: the order of
/// the nodes, and so every answer, is the same.
///
/// Kernel: `arch/x86/mm/pat/memtype_interval.c`, read in 5.10. Looking up allocates nothing. Not
/// safe for use by several threads.
public final class MemtypeTree {
  private static final long PAGE_SIZE = 4096;

  private @Nullable Node root;
  private int size;

  private static final class Node {
    final long start;
    final long end;
    final CacheMode type;
    final long sequence;
    @Nullable Node left;
    @Nullable Node right;
    long lastEnd;
    int height = 1;

    Node(long start, long end, CacheMode type, long sequence) {
      this.start = start;
      this.end = end;
      this.type = type;
      this.sequence = sequence;
      this.lastEnd = end;
    }

    boolean before(Node other) {
      return start < other.start || (start == other.start && sequence < other.sequence);
    }
  }

  private long nextSequence;

  /// What [#erase] found.
  enum Erased {
    REMOVED,
    SHRUNK,
    NOTHING
  }

  /// Enters `[start, end)` without asking about conflicts.
  public void insert(Memtype reservation) {
    insert(reservation.start(), reservation.end(), reservation.type());
  }

  void insert(long start, long end, CacheMode type) {
    root = insert(root, new Node(start, end, type, nextSequence++));
    size++;
  }

  /// The type of the first reservation that overlaps the page at `address`, or null
  /// (`memtype_lookup`).
  public @Nullable CacheMode lookup(long address) {
    Node found = first(root, address, address + PAGE_SIZE);
    return found == null ? null : found.type;
  }

  /// The type that a reservation of `[start, end)` would get: `request` where nothing overlaps,
  /// else the type of the first overlapping reservation. Null where that is refused: the
  /// overlapping ones differ among themselves, or `adopt` is false and the first is not of the
  /// requested type (`memtype_check_conflict`).
  public @Nullable CacheMode checkConflict(long start, long end, CacheMode request, boolean adopt) {
    Node found = first(root, start, end);
    if (found == null) {
      return request;
    }
    if (found.type != request && !adopt) {
      return null;
    }
    return allOfType(root, start, end, found.type) ? found.type : null;
  }

  /// Enters a reservation with the type that [#checkConflict] says, and returns that type; null and
  /// unchanged where refused (`memtype_check_insert`).
  public @Nullable CacheMode checkInsert(long start, long end, CacheMode request, boolean adopt) {
    CacheMode type = checkConflict(start, end, request, adopt);
    if (type != null) {
      insert(start, end, type);
    }
    return type;
  }

  /// Gives up a reservation for `[start, end)`: the first with exactly that range; failing that,
  /// where the rule allows, the first that begins before and ends with it loses that part
  /// (`memtype_erase`).
  Erased erase(long start, long end, MemtypeErase rule) {
    Node exact = firstExact(root, start, end);
    if (exact != null) {
      root = remove(root, exact);
      size--;
      return Erased.REMOVED;
    }
    Node longer = rule == MemtypeErase.EXACT_OR_SHRINK ? firstEndingWith(root, start, end) : null;
    if (longer != null) {
      root = remove(root, longer);
      root = insert(root, new Node(longer.start, start, longer.type, nextSequence++));
      return Erased.SHRUNK;
    }
    return Erased.NOTHING;
  }

  /// The number of reservations.
  public int size() {
    return size;
  }

  /// All reservations in the order debugfs prints them.
  public List<Memtype> entries() {
    List<Memtype> entries = new ArrayList<>(size);
    forEach(root, entries::add);
    return entries;
  }

  /// The longest path from the root, in nodes.
  int height() {
    return height(root);
  }

  /// The first node in order that overlaps `[start, end)`.
  private static @Nullable Node first(@Nullable Node from, long start, long end) {
    Node node = from;
    while (node != null && node.lastEnd > start) {
      if (node.left != null && node.left.lastEnd > start) {
        // If that subtree holds no overlap, all its candidates start behind the range, and so does
        // everything to the right.
        node = node.left;
      } else if (node.start >= end) {
        return null;
      } else if (node.end > start) {
        return node;
      } else {
        node = node.right;
      }
    }
    return null;
  }

  private static boolean allOfType(@Nullable Node node, long start, long end, CacheMode type) {
    if (node == null || node.lastEnd <= start) {
      return true;
    }
    if (!allOfType(node.left, start, end, type)) {
      return false;
    }
    if (node.start >= end) {
      return true;
    }
    return (node.end <= start || node.type == type) && allOfType(node.right, start, end, type);
  }

  private static @Nullable Node firstExact(@Nullable Node node, long start, long end) {
    if (node == null || node.lastEnd < end) {
      return null;
    }
    if (start <= node.start) {
      Node left = firstExact(node.left, start, end);
      if (left != null) {
        return left;
      }
      if (node.start == start && node.end == end) {
        return node;
      }
    }
    return start >= node.start ? firstExact(node.right, start, end) : null;
  }

  private static @Nullable Node firstEndingWith(@Nullable Node node, long start, long end) {
    if (node == null || node.lastEnd < end) {
      return null;
    }
    Node left = firstEndingWith(node.left, start, end);
    if (left != null) {
      return left;
    }
    if (node.start >= start) {
      return null;
    }
    return node.end == end ? node : firstEndingWith(node.right, start, end);
  }

  private static void forEach(@Nullable Node node, Consumer<Memtype> action) {
    if (node != null) {
      forEach(node.left, action);
      action.accept(new Memtype(node.start, node.end, node.type));
      forEach(node.right, action);
    }
  }

  private static Node insert(@Nullable Node node, Node added) {
    if (node == null) {
      return added;
    }
    if (added.before(node)) {
      node.left = insert(node.left, added);
    } else {
      node.right = insert(node.right, added);
    }
    return balance(node);
  }

  private static @Nullable Node remove(@Nullable Node node, Node gone) {
    if (node == null) {
      throw new IllegalStateException("a node of the tree is not where its order says");
    }
    if (node != gone) {
      if (gone.before(node)) {
        node.left = remove(node.left, gone);
      } else {
        node.right = remove(node.right, gone);
      }
      return balance(node);
    }
    if (node.left == null) {
      return node.right;
    }
    if (node.right == null) {
      return node.left;
    }
    Node next = node.right;
    while (next.left != null) {
      next = next.left;
    }
    next.right = remove(node.right, next);
    next.left = node.left;
    return balance(next);
  }

  private static Node balance(Node node) {
    int lean = height(node.left) - height(node.right);
    if (lean > 1 && node.left != null) {
      if (height(node.left.left) < height(node.left.right)) {
        node.left = rotateLeft(node.left);
      }
      return rotateRight(node);
    }
    if (lean < -1 && node.right != null) {
      if (height(node.right.right) < height(node.right.left)) {
        node.right = rotateRight(node.right);
      }
      return rotateLeft(node);
    }
    update(node);
    return node;
  }

  private static Node rotateRight(Node node) {
    Node top = Objects.requireNonNull(node.left);
    node.left = top.right;
    top.right = node;
    update(node);
    update(top);
    return top;
  }

  private static Node rotateLeft(Node node) {
    Node top = Objects.requireNonNull(node.right);
    node.right = top.left;
    top.left = node;
    update(node);
    update(top);
    return top;
  }

  private static void update(Node node) {
    node.height = 1 + Math.max(height(node.left), height(node.right));
    node.lastEnd = Math.max(node.end, Math.max(lastEnd(node.left), lastEnd(node.right)));
  }

  private static int height(@Nullable Node node) {
    return node == null ? 0 : node.height;
  }

  private static long lastEnd(@Nullable Node node) {
    return node == null ? 0 : node.lastEnd;
  }
}
