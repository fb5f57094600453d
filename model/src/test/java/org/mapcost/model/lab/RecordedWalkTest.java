package org.mapcost.model.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.TestResources;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.pat.RamQuery;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Guards that the model walks as real kernels do: every recorded query of unmodified kernels, walk
/// by walk and node by node.
///
/// The recordings hold, for each walk of a query, the range asked for and the numbers of the nodes
/// visited (a kprobe on the loop). A query for pages below 1 MiB has no walk.
class RecordedWalkTest {
  static Stream<Arguments> recordings() {
    List<Arguments> all = new ArrayList<>();
    all.addAll(of("5.10", ResourceWalk.W1));
    all.addAll(of("6.1", ResourceWalk.W3));
    all.addAll(of("6.12.43", ResourceWalk.W2));
    all.addAll(of("6.16", ResourceWalk.W2));
    all.addAll(of("7.2", ResourceWalk.W3));
    return all.stream();
  }

  private static List<Arguments> of(String kernel, ResourceWalk behaviour) {
    JsonNode recording =
        JsonMapper.shared()
            .readTree(
                TestResources.text(RecordedWalkTest.class, "B-resource-walk-" + kernel + ".json"));
    List<Arguments> all = new ArrayList<>();
    recording
        .get("data")
        .get("configs")
        .properties()
        .forEach(
            config -> all.add(Arguments.of(kernel, config.getKey(), behaviour, config.getValue())));
    return all;
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("recordings")
  void everyRecordedWalk(String kernel, String config, ResourceWalk behaviour, JsonNode data) {
    StringBuilder iomem = new StringBuilder();
    data.get("iomem").forEach(line -> iomem.append(line.asString()).append('\n'));
    ResourceTree tree = ProcIomem.parse(kernel + " " + config, iomem.toString()).tree();

    assertThat(data.get("queries").size()).isPositive();
    for (JsonNode query : data.get("queries")) {
      long start = Long.parseLong(query.get("addr").asString(), 16);
      long end = start + 4096 * query.get("pages").asLong();
      List<RamQuery.Walk> recorded = new ArrayList<>();
      for (JsonNode call : query.get("calls")) {
        List<Integer> visited = new ArrayList<>();
        call.get("visited").forEach(number -> visited.add(number.asInt()));
        recorded.add(
            new RamQuery.Walk(
                Long.parseLong(call.get("start").asString(), 16),
                Long.parseLong(call.get("end").asString(), 16),
                visited));
      }
      assertThat(RamQuery.ask(tree, behaviour, start, end).walks())
          .as("%s %s: %x, %d bytes", kernel, config, start, end - start)
          .isEqualTo(recorded);
    }
  }
}
