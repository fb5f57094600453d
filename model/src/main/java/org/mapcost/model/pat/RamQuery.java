package org.mapcost.model.pat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.iomem.Visits;

/// One question to [RamTest] with everything that was done for it: each walk and each node it
/// visited.
public record RamQuery(Ram ram, List<Walk> walks) {
  public RamQuery {
    walks = List.copyOf(walks);
  }

  /// Asks for the pages that `[start, end)` touches.
  public static RamQuery ask(ResourceTree tree, ResourceWalk behaviour, long start, long end) {
    Visits visits = Visits.recording();
    List<Integer> lengths = new ArrayList<>();
    Meter perWalk =
        (event, count) -> {
          if (event == Event.RESOURCE_NODE_VISIT) {
            lengths.add((int) count);
          }
        };
    Ram ram = new RamTest(tree, behaviour).ask(start, end, visits, perWalk);

    List<Walk> walks = new ArrayList<>();
    int[] numbers = visits.numbers();
    long pageEnd = ((end + RamTest.PAGE_SIZE - 1) & -RamTest.PAGE_SIZE) - 1;
    long from = Math.max(start & -RamTest.PAGE_SIZE, RamTest.ISA_END);
    int done = 0;
    for (int length : lengths) {
      int[] visited = Arrays.copyOfRange(numbers, done, done + length);
      walks.add(new Walk(from, pageEnd, Arrays.stream(visited).boxed().toList()));
      done += length;
      if (length > 0) {
        // The next walk begins behind the piece of RAM that this one found.
        from = Math.min(tree.node(visited[length - 1]).end(), pageEnd) + 1;
      }
    }
    return new RamQuery(ram, walks);
  }

  /// The number of nodes that all walks together visited.
  public int visited() {
    return walks.stream().mapToInt(walk -> walk.nodes.size()).sum();
  }

  /// The preorder numbers of the visited nodes, all walks in order.
  public List<Integer> visitedNodes() {
    return walks.stream().flatMap(walk -> walk.nodes.stream()).toList();
  }

  /// One search for `[start, end]`, both inclusive, and the preorder numbers of the nodes it
  /// visited.
  public record Walk(long start, long end, List<Integer> nodes) {
    public Walk {
      nodes = List.copyOf(nodes);
    }

    /// The visited nodes, each with the reason the walk goes on or stops there.
    public List<Step> steps(ResourceTree tree, ResourceWalk behaviour) {
      List<Step> steps = new ArrayList<>();
      boolean reached = false;
      for (int number : nodes) {
        Resource node = tree.node(number);
        steps.add(new Step(node, reason(node, behaviour, reached)));
        reached |= node.end() >= start;
      }
      return steps;
    }

    private String reason(Resource node, ResourceWalk behaviour, boolean reached) {
      boolean flagsFirst = behaviour == ResourceWalk.W0;
      if (flagsFirst && !node.isSystemRam()) {
        return "not busy System RAM: next in preorder";
      }
      if (node.start() > end) {
        return "starts behind the range: stop, nothing found";
      }
      if (node.end() < start) {
        boolean skips = behaviour == ResourceWalk.W1 || behaviour == ResourceWalk.W3;
        if (!skips || reached) {
          return "ends before the range: next in preorder";
        }
        return node.child() == null
            ? "ends before the range: next sibling"
            : "ends before the range: next sibling, children skipped";
      }
      return node.isSystemRam()
          ? "busy System RAM in the range: found"
          : "reaches the range but is not busy System RAM: next in preorder";
    }
  }

  /// A visited node and what happens there.
  public record Step(Resource node, String reason) {}
}
