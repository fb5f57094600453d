package org.mapcost.model.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.vma.KernelBug;
import tools.jackson.databind.JsonNode;

/// Guards the insertion calls, what they track, and get_user_pages against every test of the kernel
/// lab's scenario D: one driver that maps a buffer in each possible way, and a program that reads,
/// writes, forks, asks for its pages, unmaps one page and then the rest.
///
/// All tests of a kernel run on one machine, one after the other, as they did there: what a partial
/// unmap leaves in the memtype list meets the later tests.
class RecordedInsertionTest {
  @ParameterizedTest
  @ValueSource(strings = {"5.10", "6.1", "6.16"})
  void everyPhaseOfEveryTest(String kernel) {
    LabMachine machine = new LabMachine(kernel);
    int phases = 0;
    for (JsonNode test : machine.tests()) {
      if (test.get("api").asString().equals("over_wc_io") && !machine.hasIoremap()) {
        machine.ioremapWc();
        assertThat(machine.list()).as("after ioremap_wc").isEqualTo(machine.recordedIoremap());
      }
      if (test.get("api").asString().equals("bug_pfn_private")) {
        forcedBug(machine, test);
        continue;
      }
      phases += replay(machine, test);
    }
    machine.iounmap();
    assertThat(machine.list()).as("%s at the end", kernel).isEqualTo(machine.recordedEnd());
    assertThat(phases).isGreaterThan(400);
  }

  private static int replay(LabMachine machine, JsonNode test) {
    LabMapping mapping = machine.mapping(test);
    String what = machine.kernel().name() + " " + mapping;
    if (mapping.isMissingFromTheImages()) {
      return 0;
    }
    Ledger mmap = mapping.mmap();
    assertThat(mapping.errno()).as("%s mmap", what).isEqualTo(-test.get("mmap_errno").asInt());
    check(what, "mmap", mapping, mmap, test);
    if (mapping.errno() != 0) {
      return 1;
    }
    check(what, "read", mapping, mapping.read(), test);
    assertThat(mapping.touched()).as(what).isEqualTo(test.get("touched").asInt());
    check(what, "write", mapping, mapping.write(), test);
    if (test.has("pat")) {
      assertThat(machine.list()).as(what).isEqualTo(LabMachine.list(test.get("pat")));
    }
    check(what, "fork", mapping, mapping.fork(), test);
    if (test.get("phases").has("munmap_part")) {
      check(what, "munmap_part", mapping, mapping.unmapPageOne(), test);
    }
    check(what, "munmap", mapping, mapping.unmapAll(), test);
    return test.get("phases").size();
  }

  /// A driver that does not refuse a private mapping of page frame numbers.
  private static void forcedBug(LabMachine machine, JsonNode test) {
    LabMapping mapping = machine.mapping(test);
    mapping.mmap();
    assertThat(machine.recordedBug()).startsWith("kernel BUG at mm/memory.c");
    assertThatThrownBy(mapping::read)
        .isInstanceOf(KernelBug.class)
        .hasMessage("vmf_insert_pfn: a copy-on-write mapping is VM_PFNMAP");
  }

  /// Compares what was recorded with what was counted. In `munmap` a failed or shortened
  /// reservation shows as a search or an insertion of the memtype tree that is no call of its own.
  private static void check(
      String what, String phase, LabMapping mapping, Ledger counted, JsonNode test) {
    JsonNode recorded = test.get("phases").get(phase);
    boolean unmaps = phase.startsWith("munmap");
    Map<String, Long> actual = new LinkedHashMap<>();
    actual.put("find_next_iomem_res", counted.total(Event.RESOURCE_WALK));
    actual.put("lookup_memtype", counted.total(Event.PAT_LOOKUP));
    actual.put("memtype_lookup", unmaps ? 0 : counted.total(Event.MEMTYPE_SEARCH));
    actual.put("memtype_check_insert", unmaps ? 0 : counted.total(Event.MEMTYPE_INSERT));
    actual.put(
        "memtype_erase",
        counted.total(Event.MEMTYPE_REMOVE) + (unmaps ? counted.total(Event.MEMTYPE_SEARCH) : 0));
    if (!phase.equals("fork")) {
      // A fork is followed by copies of the parent's own stack, which are not the mapping's.
      actual.put("do_wp_page", counted.total(Event.PAGE_COPY));
      actual.put("handle_mm_fault", counted.total(Event.FAULT));
    }
    Map<String, Long> expected = new LinkedHashMap<>();
    actual.keySet().forEach(call -> expected.put(call, recorded.path(call).asLong()));
    if (mapping.faultsEnterTwice()) {
      long copies = recorded.path("do_wp_page").asLong();
      expected.computeIfPresent(
          "handle_mm_fault", (call, entered) -> (entered - copies) / 2 + copies);
    }
    assertThat(actual).as("%s %s", what, phase).isEqualTo(expected);
  }

  /// What each way of asking for the pages gave, after the reads and writes.
  @ParameterizedTest
  @ValueSource(strings = {"5.10", "6.1", "6.16"})
  void everyAnswerOfGetUserPages(String kernel) {
    LabMachine machine = new LabMachine(kernel);
    int answers = 0;
    for (JsonNode test : machine.tests()) {
      if (!test.has("gup")) {
        continue;
      }
      LabMapping mapping = machine.mapping(test);
      mapping.mmap();
      mapping.read();
      mapping.write();
      Map<String, Integer> recorded = new LinkedHashMap<>();
      Map<String, Integer> answered = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> each : test.get("gup").properties()) {
        recorded.put(each.getKey(), LabGup.recorded(each.getValue()));
        answered.put(each.getKey(), LabGup.of(each.getKey(), mapping));
        answers++;
      }
      assertThat(answered).as("%s %s", kernel, mapping).isEqualTo(recorded);
    }
    assertThat(answers).as("answers compared").isGreaterThanOrEqualTo(298);
  }
}
