package org.mapcost.benchmarks.mechanism;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/// The floor under a walk of a resource tree: following one reference from node to node.
///
/// The nodes have the fields of `Resource`, so their size and the place of the reference in them
/// are the same. There is one for each node of the tree, created in the same order; only those that
/// the walk visits are linked, in visiting order. So both touch the same cache lines of equal heaps
/// in the same sequence, and what the walk takes longer is the search.
final class PointerChase {
  /// The fields of `org.mapcost.model.iomem.Resource`, in its order.
  @SuppressWarnings("unused")
  static final class Node {
    long start;
    long end;
    long flags;
    long desc;
    @Nullable String name;
    final int number;
    @Nullable Node parent;
    @Nullable Node sibling;
    @Nullable Node child;

    Node(int number) {
      this.number = number;
    }
  }

  private final Node first;
  private final int nodeBytes;

  private PointerChase(Node first, int nodeBytes) {
    this.first = first;
    this.nodeBytes = nodeBytes;
  }

  /// Creates nodes in the order of `created`, a permutation of their numbers, and links those of
  /// `visited` in that order.
  static PointerChase over(int[] created, int[] visited) {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Node[] nodes = new Node[created.length];
    long before = thread.getCurrentThreadAllocatedBytes();
    for (int number : created) {
      nodes[number] = new Node(number);
    }
    long bytes = thread.getCurrentThreadAllocatedBytes() - before;
    for (int i = 1; i < visited.length; i++) {
      nodes[visited[i - 1]].sibling = nodes[visited[i]];
    }
    return new PointerChase(nodes[visited[0]], (int) (bytes / created.length));
  }

  /// Follows the references to the end. Returns the number of nodes.
  long follow() {
    long nodes = 0;
    for (Node p = first; p != null; p = p.sibling) {
      nodes++;
    }
    return nodes;
  }

  /// What one node takes in this JVM, its share of alignment included.
  int nodeBytes() {
    return nodeBytes;
  }
}
