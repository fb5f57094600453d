package org.mapcost.model.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.lab.KnownDifferences.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Guards that the model does what real kernels did on every recorded call, that the published
/// table speaks for every recorded key, and that a difference would be seen.
class ValidationTest {
  private static final Coverage TABLE = Coverage.published();
  private static final KnownDifferences NONE = new KnownDifferences(List.of());

  static Stream<Recording> recordings() {
    return LabFolder.bundled().recordings().stream();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void everyRecordedCall(Recording recording) {
    Validation validation = only(recording, KnownDifferences.published());
    assertThat(validation.differences().stream().filter(each -> !each.excepted())).isEmpty();
    assertThat(validation.holds()).as("exceptions stay below their limit").isTrue();
    assertThat(validation.notCompared()).isEmpty();
    assertThat(validation.unknownKeys()).isEmpty();
    assertThat(validation.agreements().getFirst().calls()).isGreaterThan(10);
  }

  @Test
  void everyEventIsSeenOrSaidToBeUnseen() {
    Set<Event> seen =
        TABLE.rows().stream()
            .filter(row -> row.role() == Coverage.Role.EVENT || row.role() == Coverage.Role.RESULT)
            .flatMap(row -> row.events().stream())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Event.class)));
    Set<Event> unseen =
        TABLE.unseen().stream()
            .map(Coverage.Unseen::event)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Event.class)));
    assertThat(seen).doesNotContainAnyElementsOf(unseen);
    seen.addAll(unseen);
    assertThat(seen).containsExactly(Event.values());
  }

  @Test
  void theTableSpeaksOnceForEveryKey() {
    for (Coverage.Row row : TABLE.rows()) {
      assertThat(
              TABLE.rows().stream()
                  .filter(each -> each.key().equals(row.key()) && each.part() == row.part())
                  .filter(each ->
                      each.scenarios().chars().anyMatch(c -> row.scenarios().indexOf(c) >= 0)))
          .as(row.key() + " in " + row.where())
          .hasSize(1);
      assertThat(row.events().isEmpty())
          .as(row.key())
          .isEqualTo(
              row.role() == Coverage.Role.OUTSIDE
                  || (row.role() == Coverage.Role.RESULT && row.events().isEmpty()));
    }
  }

  /// A recording with one number changed: exactly that call and key must be reported.
  @Test
  void oneWrongNumberIsFound() {
    Recording changed = copy("C-cpa-smp2-6.1.json");
    ObjectNode counters = (ObjectNode) changed.data().path("ops").path(3).path("counters");
    counters.put("clfl_cpa", 7);
    Validation validation = only(changed, NONE);
    assertThat(validation.holds()).isFalse();
    assertThat(validation.differences()).hasSize(1);
    ComparedCall call = validation.differences().getFirst().call();
    assertThat(call.name()).isEqualTo("array_wc_contig_1_wb2");
    assertThat(call.differing()).containsExactly("clflush_line");
    assertThat(call.sides()).containsEntry("clflush_line", new ComparedCall.Sides("7", "0"));
  }

  @Test
  void anotherWalkIsFoundInEveryCall() {
    Recording changed = copy("B-resource-walk-6.16.json");
    ((ObjectNode) changed.root()).put("package", "linux-image 6.1.176-1").put("kernel", "6.1");
    Validation.Agreement agreement = only(changed, NONE).agreements().getFirst();
    assertThat(agreement.release()).isEqualTo("6.1.176");
    assertThat(agreement.differ()).isGreaterThan(agreement.calls() / 2);
  }

  @Test
  void anExceptionCoversOneCallAndItsKeysOnly() {
    Recording changed = copy("C-cpa-smp2-6.1.json");
    ((ObjectNode) changed.data().path("ops").path(3).path("counters")).put("clfl_cpa", 7);
    String call = "array_wc_contig_1_wb2";
    assertThat(only(changed, excepting(call, "clflush_line")).holds()).isTrue();
    assertThat(only(changed, excepting(call, "ipi")).holds()).isFalse();
    assertThat(only(changed, excepting("array_wc_contig_1_wb1", "clflush_line")).holds()).isFalse();
  }

  @Test
  void moreThanTwoInAHundredExceptionsDoNotHold() {
    Recording changed = copy("C-flushed-pages-6.17.json");
    ((ObjectNode) changed.data().path("ops").path(3)).putArray("addresses");
    String call = "one_per_2M_33_wb on CPU 0";
    KnownDifferences known =
        new KnownDifferences(
            List.of(
                new KnownDifferences.Entry(
                    changed.file(),
                    call,
                    List.of("tlb_invalidate_page", "distinct pages"),
                    Kind.ARTEFACT,
                    "made for this test")));
    Validation validation = only(changed, known);
    assertThat(validation.agreements().getFirst().differ()).isZero();
    assertThat(validation.overdrawn()).isEqualTo(Map.of("C-flushed-pages", 1.0 / 16));
    assertThat(validation.holds()).isFalse();
  }

  @Test
  void anEventThatShowsIsNoUnobservableException() {
    KnownDifferences known =
        new KnownDifferences(
            List.of(
                new KnownDifferences.Entry(
                    "file", "call", List.of("ipi"), Kind.UNOBSERVABLE, "made for this test")));
    assertThatThrownBy(() -> only(copy("C-flushed-pages-6.17.json"), known))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("exception on file, 'call': [ipi] can be observed");
  }

  @Test
  void aKeyThatTheTableDoesNotHaveIsNamed() {
    Recording changed = copy("C-cpa-smp1-6.1.json");
    ((ObjectNode) changed.data().path("ops").path(0).path("counts")).put("cpa_new_work.isra.0", 1);
    assertThat(only(changed, NONE).unknownKeys())
        .containsExactly("C-cpa-smp1 counts cpa_new_work.isra.0");
  }

  private static KnownDifferences excepting(String call, String key) {
    return new KnownDifferences(
        List.of(
            new KnownDifferences.Entry(
                "C-cpa-smp2-6.1.json", call, List.of(key), Kind.ARTEFACT, "made for this test")));
  }

  private static Validation only(Recording recording, KnownDifferences known) {
    return Validation.of(new LabFolder("one", List.of(recording), List.of()), TABLE, known);
  }

  private static Recording copy(String file) {
    Recording recording =
        recordings().filter(each -> each.file().equals(file)).findFirst().orElseThrow();
    JsonNode copy = recording.root().deepCopy();
    return new Recording(file, copy);
  }
}
