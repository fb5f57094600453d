package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.price.PriceFunction;
import org.mapcost.model.machine.price.PriceFunctions;
import tools.jackson.databind.JsonNode;

/// Guards the shape of what `price` prints, that a figure without a source is flagged in every
/// format for people and programs, and that wrong keys are one line and exit code 2.
class PriceCommandTest {
  @Test
  void oneJsonObject() {
    CommandLineRun run =
        CommandLineRun.of(
            "price",
            "wbinvd",
            "--machine",
            "epyc-milan",
            "--set",
            "llc=32MiB",
            "--set",
            "dirty=0.5",
            "--format",
            "json");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    JsonNode object = run.json().getFirst();
    assertThat(object.get("schema").asString()).isEqualTo("mapcost/price/1");
    assertThat(object.get("function").asString()).isEqualTo("wbinvd");
    assertThat(object.get("machine").asString()).isEqualTo("epyc-milan");
    assertThat(object.at("/parameters/llc").asString()).isEqualTo("32MiB");
    assertThat(object.at("/parameters/dirty").asString()).isEqualTo("0.5");
    JsonNode caller = object.get("caller_ns");
    assertThat(caller.size()).isEqualTo(3);
    assertThat(caller.get(0).asDouble()).isPositive().isLessThan(caller.get(1).asDouble());
    assertThat(caller.get(1).asDouble()).isLessThan(caller.get(2).asDouble());
    assertThat(object.get("stolen_ns").toString()).isEqualTo("[0,0,0]");
    assertThat(object.get("sources").size()).isPositive();
    assertThat(object.get("rests_on_none").asBoolean()).isTrue();
    assertThat(object.get("unsourced").toString()).isEqualTo("[\"prices.wbinvd_uop\"]");
    assertThat(object.has("formula")).isFalse();
  }

  @Test
  void explainGivesTheFormulaAndItsTerms() {
    CommandLineRun run =
        CommandLineRun.of(
            "price", "global-flush", "--set", "machine.cpus=128", "--explain", "--format", "json");
    JsonNode object = run.json().getFirst();
    assertThat(object.get("formula").asString())
        .startsWith("caller: send + max(work, slowest + acknowledge)");
    double send = object.at("/terms_ns/send/1").asDouble();
    double remote =
        object.at("/terms_ns/slowest/1").asDouble()
            + object.at("/terms_ns/acknowledge/1").asDouble();
    double work = object.at("/terms_ns/work/1").asDouble();
    assertThat(object.at("/caller_ns/1").asDouble())
        .isBetween(0.999 * (send + Math.max(work, remote)), 1.001 * (send + remote));
    assertThat(object.at("/parameters/cpus").asString()).isEqualTo("128");
    assertThat(object.at("/parameters/machine.cpus").asString()).isEqualTo("128");
  }

  @Test
  void forPeople() {
    CommandLineRun run =
        CommandLineRun.of("price", "invlpgb", "--machine", "epyc-milan", "--explain");
    assertThat(run.out())
        .contains("caller", "stolen from others", "term: sync")
        .contains("invlpgb on epyc-milan, kernel 6.1: a flush broadcast")
        .contains("Rests on values without a source: prices.invlpgb_issue, prices.tlbsync.")
        .contains("Formula: caller: issue (100 ns) + sync (600 ns); stolen: nothing.")
        .contains("Input: prices.tlbsync alone moves the best of 700 ns to 250 ns at its low end");
    assertThat(CommandLineRun.of("price", "page-clear", "--format", "csv").out())
        .startsWith("what,low,best,high")
        .hasLineCount(3);
  }

  @Test
  void withoutAFunctionAllAreListed() {
    CommandLineRun run = CommandLineRun.of("price");
    assertThat(run.exitCode()).isZero();
    JsonNode listed = CommandLineRun.of("price", "--format", "json").json().getFirst();
    assertThat(listed.get("functions").size()).isEqualTo(PriceFunctions.all().size());
    for (PriceFunction function : PriceFunctions.all()) {
      assertThat(run.out()).contains(function.name());
    }
    assertThat(listed.toString()).contains("\"units\":\"B, KiB, MiB, GiB\"", "hot, warm, cold");
    for (String required :
        ("wbinvd wbnoinvd clflush ipi-broadcast global-flush ranged-flush invlpgb node-visit"
                + " memtype-search page-clear page-table-alloc fault-entry direct-map-split"
                + " cpa-page tlb-refill access")
            .split(" ")) {
      assertThat(PriceFunctions.named(required).name()).isEqualTo(required);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "price wbinv|unknown price function 'wbinv'; did you mean 'wbinvd'?",
        "price wbinvd --set drity=1|unknown key of wbinvd 'drity'; did you mean 'dirty'?",
        "price wbinvd --set machine.cpu=1|unknown machine key 'cpu'; did you mean 'cpus'?",
        "price wbinvd --set dirty=|dirty needs a value: --set KEY=VALUE.",
        "price wbinvd --machine epic-milan|unknown machine 'epic-milan'; did you mean"
            + " 'epyc-milan'?",
        "price wbinvd --kernel 6.2|unknown kernel '6.2'; did you mean '6.1'",
        "price --set dirty=1|--set needs a function",
        "machines epic-milan|unknown machine 'epic-milan'; did you mean 'epyc-milan'?",
        "machines epyc-milan --set cpus=1|unknown key 'cpus'; did you mean 'machine.cpus'?"
      })
  void wrongInputIsOneLine(String line, String message) {
    CommandLineRun run = CommandLineRun.of(line.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).hasLineCount(1).startsWith("mapcost: ").contains(message);
  }

  @Test
  void machinesAreListed() {
    JsonNode machines =
        CommandLineRun.of("machines", "--format", "json").json().getFirst().get("machines");
    assertThat(machines.size()).isEqualTo(Machines.names().size());
    for (JsonNode machine : machines) {
      assertThat(machine.get("rests_on_none").toString()).contains("prices.tlbsync");
    }
    JsonNode milan = machines.get(Machines.names().indexOf("epyc-milan"));
    assertThat(milan.get("machine").asString()).isEqualTo("epyc-milan");
    assertThat(milan.get("cpus").asInt()).isEqualTo(128);
    assertThat(milan.get("sockets").asInt()).isEqualTo(1);
    assertThat(milan.get("llc_bytes").asLong()).isEqualTo(32L << 20);
    String table = CommandLineRun.of("machines").out();
    assertThat(table).contains(Machines.names());
    assertThat(
            CommandLineRun.of("machines", "--format", "csv")
                .out()
                .lines()
                .filter(line -> line.startsWith("client-igpu"))
                .findFirst()
                .orElse(""))
        .contains("memory.core_read_bandwidth", "prices.page_clear")
        .doesNotContain("tlbsync");
    assertThat(table).contains("Without source on every machine: ", "prices.tlbsync");
  }

  @Test
  void aMachineShowsEveryValueWithItsSource() {
    JsonNode machine =
        CommandLineRun.of("machines", "epyc-milan", "--set", "machine.cpus=16", "--format", "json")
            .json()
            .getFirst();
    assertThat(machine.get("cpus").asInt()).isEqualTo(16);
    boolean flagged = false;
    for (JsonNode parameter : machine.get("parameters")) {
      assertThat(parameter.get("value").size()).isEqualTo(3);
      assertThat(parameter.get("source").asString()).isNotBlank();
      flagged |= parameter.get("rests_on_none").asBoolean();
    }
    assertThat(flagged).isTrue();
    assertThat(CommandLineRun.of("machines", "epyc-milan", "--format", "markdown").out())
        .contains("| prices.tlbsync | 150 | 600 | 2400 | ns | none");
  }
}
