package org.mapcost.model.iomem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The iomem tree: `iomem_resource` and everything below it.
public final class ResourceTree {
  private final Resource root;
  private final String name;
  private List<Resource> nodes;

  private ResourceTree(String name, Resource root, List<Resource> nodes) {
    this.name = name;
    this.root = root;
    this.nodes = List.copyOf(nodes);
  }

  /// What the tree was read from: a file, or the name of a bundled machine.
  public String name() {
    return name;
  }

  /// `iomem_resource`. It covers all addresses and is never visited.
  public Resource root() {
    return root;
  }

  /// The number of nodes without the root.
  public int size() {
    return nodes.size();
  }

  /// The node with a preorder number.
  public Resource node(int number) {
    return nodes.get(number);
  }

  /// All nodes in preorder, which is the order of the lines.
  public List<Resource> nodes() {
    return nodes;
  }

  public int topLevelNodes() {
    int count = 0;
    for (Resource p = root.child; p != null; p = p.sibling) {
      count++;
    }
    return count;
  }

  /// An equal tree of new nodes that are created in the given order, a permutation of the preorder
  /// numbers.
  ///
  /// A new tree's nodes lie in memory as a walk visits them, which hides what a walk costs; a
  /// kernel's lie wherever its allocator had room.
  public ResourceTree recreated(int[] order) {
    if (order.length != size()) {
      throw new IllegalArgumentException(order.length + " numbers for " + size() + " nodes");
    }
    Resource[] copies = new Resource[size()];
    for (int number : order) {
      Resource node = node(number);
      copies[number] = new Resource(number, node.start, node.end, node.flags, node.name);
    }
    Resource newRoot = new Resource(root.number, root.start, root.end, root.flags, root.name);
    newRoot.child = copyOf(root.child, copies, newRoot);
    for (Resource node : nodes) {
      Resource copy = copies[node.number];
      copy.parent = copyOf(node.parent, copies, newRoot);
      copy.sibling = copyOf(node.sibling, copies, newRoot);
      copy.child = copyOf(node.child, copies, newRoot);
    }
    return new ResourceTree(name, newRoot, Arrays.asList(copies));
  }

  private static @Nullable Resource copyOf(
      @Nullable Resource node, Resource[] copies, Resource newRoot) {
    if (node == null) {
      return null;
    }
    return node.number < 0 ? newRoot : copies[node.number];
  }

  /// Takes note of changed links: all nodes get their numbers anew.
  void renumber() {
    List<Resource> linked = new ArrayList<>(nodes.size() + 1);
    for (Resource each = root.child; each != null; each = each.next()) {
      each.number = linked.size();
      linked.add(each);
    }
    nodes = List.copyOf(linked);
  }

  public void forEach(Consumer<Resource> action) {
    nodes.forEach(action);
  }

  /// Builds a tree node by node in preorder, each with its depth.
  public static final class Builder {
    private final String name;
    private final Resource root = new Resource(-1, 0, Long.MAX_VALUE, Resource.MEM, "iomem");
    private final List<Resource> nodes = new ArrayList<>();

    /// `open.get(d)` is the last node added at depth `d - 1`; `open.get(0)` is the root.
    private final List<Resource> open = new ArrayList<>(List.of(root));

    public Builder(String name) {
      this.name = name;
    }

    /// Adds the next node in preorder at a depth from 0 to one below the last node's.
    public Builder add(int depth, long start, long end, String nodeName) {
      if (depth < 0 || depth >= open.size()) {
        throw new IllegalArgumentException(
            "depth " + depth + " after depth " + (open.size() - 2) + " skips a level");
      }
      Resource node = new Resource(nodes.size(), start, end, Resource.flagsOf(nodeName), nodeName);
      Resource parent = open.get(depth);
      node.parent = parent;
      @Nullable Resource before = depth + 1 < open.size() ? open.get(depth + 1) : null;
      if (before == null) {
        parent.child = node;
      } else {
        before.sibling = node;
      }
      while (open.size() > depth + 1) {
        open.removeLast();
      }
      open.add(node);
      nodes.add(node);
      return this;
    }

    /// The last node at a depth on the path to the last node added, if there is one.
    @Nullable Resource lastAt(int depth) {
      return depth + 1 < open.size() ? open.get(depth + 1) : null;
    }

    public int size() {
      return nodes.size();
    }

    public ResourceTree build() {
      return new ResourceTree(name, root, nodes);
    }
  }
}
