package org.mapcost.model.pat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.TestResources;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.iomem.Visits;

/// Guards the counts of walks and visited nodes on a small tree whose answers were computed
/// elsewhere: the two tables of the reference's section 11.
class RamTestTest {
  private static final ResourceTree TREE =
      ProcIomem.parse("reference-tree", TestResources.text(RamTestTest.class, "reference-tree.txt"))
          .tree();

  @ParameterizedTest
  @CsvSource({
    "200000, 6, 4, 6, YES",
    "1000000, 6, 4, 6, YES",
    "400000000, 25, 8, 25, YES",
    "a0000000, 25, 14, 21, NO",
    "a8000000, 25, 14, 21, NO",
    "affff000, 25, 14, 21, NO",
    "b0000000, 25, 15, 22, NO",
    "d0000000, 25, 17, 24, NO",
    "fed00000, 25, 8, 25, NO",
    "880000000, 28, 11, 28, NO",
    "2000000000, 28, 9, 28, NO",
  })
  void onePageIsOneWalk(String address, int w0, int w1, int w2, Ram ram) {
    long start = Long.parseLong(address, 16);
    check(ResourceWalk.W0, start, start + 4096, ram, 1, w0);
    check(ResourceWalk.W1, start, start + 4096, ram, 1, w1);
    check(ResourceWalk.W2, start, start + 4096, ram, 1, w2);
    check(ResourceWalk.W3, start, start + 4096, ram, 1, w1);
  }

  @ParameterizedTest
  @CsvSource({
    "200000, 201000, YES, 1, 4, 6",
    // The tail behind the last piece of RAM is not noticed.
    "7ffff000, 80001000, YES, 2, 11, 19",
    "fffff000, 100001000, MIXED, 1, 8, 25",
    "7ffff000, 100001000, MIXED, 2, 23, 31",
    "ff000, 101000, MIXED, 1, 4, 6",
    // Below 1 MiB nothing is walked.
    "1000, 9000, NO, 0, 0, 0",
    "a0000000, b0000000, NO, 1, 14, 21",
    "100000000, 880000000, YES, 1, 8, 25",
  })
  void ranges(String from, String to, Ram ram, int walks, int w1, int w2) {
    long start = Long.parseLong(from, 16);
    long end = Long.parseLong(to, 16);
    check(ResourceWalk.W1, start, end, ram, walks, w1);
    check(ResourceWalk.W3, start, end, ram, walks, w1);
    check(ResourceWalk.W2, start, end, ram, walks, w2);
  }

  @ParameterizedTest
  @CsvSource({"00100000-00100fff : System RAM, YES, 1", "00100000-001007ff : System RAM, NO, 1"})
  void aFirstMatchBelowAPageEndsTheWalk(String line, Ram ram, int walks) {
    ResourceTree tree = ProcIomem.parse("tiny", line + "\n00101000-00101fff : System RAM\n").tree();
    RamQuery query = RamQuery.ask(tree, ResourceWalk.W3, 0x100000, 0x101000);
    assertThat(query.ram()).isEqualTo(ram);
    assertThat(query.walks()).hasSize(walks);
  }

  private static void check(
      ResourceWalk behaviour, long start, long end, Ram ram, int walks, int visited) {
    Ledger ledger = new Ledger();
    Ram answer = new RamTest(TREE, behaviour).ask(start, end, Visits.counting(), ledger);
    assertThat(answer).as("%s %x", behaviour, start).isEqualTo(ram);
    assertThat(ledger.total(Event.RESOURCE_WALK)).as("%s walks", behaviour).isEqualTo(walks);
    assertThat(ledger.total(Event.RESOURCE_NODE_VISIT))
        .as("%s %x visits", behaviour, start)
        .isEqualTo(visited);
    assertThat(RamQuery.ask(TREE, behaviour, start, end).visitedNodes()).hasSize(visited);
  }
}
