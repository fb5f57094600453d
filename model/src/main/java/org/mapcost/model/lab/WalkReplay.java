package org.mapcost.model.lab;

import java.util.ArrayList;
import java.util.List;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.pat.RamQuery;
import tools.jackson.databind.JsonNode;

/// B: every question whether a range is RAM, walk by walk and node by node.
///
/// The recording holds, for each walk, the range asked for and the numbers of the nodes visited (a
/// kprobe on the loop). A question about pages below 1 MiB has no walk.
final class WalkReplay implements Replay {
  @Override
  public List<ComparedCall> replay(Recording recording, Coverage coverage) {
    ResourceWalk behaviour = recording.kernel().resourceWalk();
    List<ComparedCall> calls = new ArrayList<>();
    recording
        .need(recording.data(), "configs")
        .properties()
        .forEach(config -> {
          String name = config.getKey();
          ResourceTree tree =
              Recording.treeOf(
                  recording.file() + " " + name, recording.need(config.getValue(), "iomem"));
          for (JsonNode query : recording.need(config.getValue(), "queries")) {
            calls.add(query(name, tree, behaviour, query));
          }
        });
    return calls;
  }

  private static ComparedCall query(
      String config, ResourceTree tree, ResourceWalk behaviour, JsonNode query) {
    long start = Long.parseUnsignedLong(query.path("addr").asString(), 16);
    long pages = query.path("pages").asLong();
    List<RamQuery.Walk> recorded = new ArrayList<>();
    for (JsonNode call : query.path("calls")) {
      List<Integer> visited = new ArrayList<>();
      call.path("visited").forEach(number -> visited.add(number.asInt()));
      recorded.add(
          new RamQuery.Walk(
              Long.parseUnsignedLong(call.path("start").asString(), 16),
              Long.parseUnsignedLong(call.path("end").asString(), 16),
              visited));
    }
    List<RamQuery.Walk> modelled =
        RamQuery.ask(tree, behaviour, start, start + 4096 * pages).walks();
    return new ComparedCall.Builder("%s: 0x%x, %d pages".formatted(config, start, pages))
        .put("resource_walk", recorded.size(), modelled.size())
        .put("resource_node_visit", visits(recorded), visits(modelled))
        .put("nodes", inWords(recorded), inWords(modelled))
        .build();
  }

  private static int visits(List<RamQuery.Walk> walks) {
    return walks.stream().mapToInt(walk -> walk.nodes().size()).sum();
  }

  private static String inWords(List<RamQuery.Walk> walks) {
    StringBuilder text = new StringBuilder();
    for (RamQuery.Walk walk : walks) {
      text.append(text.isEmpty() ? "" : "; ")
          .append("%x-%x: ".formatted(walk.start(), walk.end()))
          .append(walk.nodes());
    }
    return text.toString();
  }
}
