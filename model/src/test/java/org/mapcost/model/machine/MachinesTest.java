package org.mapcost.model.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Interval;

/// Guards that every value of a machine has a source or says that it has none and is wide, and that
/// nothing in a machine file is overlooked.
class MachinesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "haswell-ep-2s, 48, 24, 24",
    "skylake-sp-2s, 72, 36, 36",
    "cascade-lake-sp-2s, 96, 48, 48",
    "ice-lake-sp-2s, 112, 56, 56",
    "sapphire-rapids-2s, 80, 40, 40",
    "epyc-rome, 128, 128, 8",
    "epyc-milan, 128, 128, 16",
    "epyc-genoa, 192, 192, 16",
    "epyc-vm, 32, 32, 16",
    "client-igpu, 8, 8, 8",
    "tiger-lake-igpu, 8, 8, 8",
    "alder-lake-client, 16, 16, 16",
    "ryzen-7520c, 8, 8, 8"
  })
  void topology(String name, int cpus, int perSocket, int perLlc) {
    Machine machine = Machines.named(name);
    assertThat(machine.cpus()).isEqualTo(cpus);
    assertThat(machine.cpusPerSocket()).isEqualTo(perSocket);
    assertThat(machine.cpusPerLlc()).isEqualTo(perLlc);
  }

  @Test
  void everyMachineIsInTheTopologyTable() throws NoSuchMethodException {
    CsvSource table =
        MachinesTest.class
            .getDeclaredMethod("topology", String.class, int.class, int.class, int.class)
            .getAnnotation(CsvSource.class);
    assertThat(java.util.Arrays.stream(table.value()).map(row -> row.split(",", 2)[0]))
        .containsExactlyElementsOf(Machines.names());
  }

  /// A colder level is never faster, nor a farther core nearer, nor a bigger cache smaller.
  @ParameterizedTest
  @MethodSource("org.mapcost.model.machine.Machines#all")
  void latenciesRiseWithDistance(Machine machine) {
    assertRising(
        machine,
        Parameter.L1_LATENCY,
        Parameter.L2_LATENCY,
        Parameter.LLC_LATENCY,
        Parameter.DRAM_LATENCY,
        Parameter.DRAM_LATENCY_REMOTE);
    assertRising(
        machine,
        Parameter.LINE_TRANSFER_NEAR,
        Parameter.LINE_TRANSFER_FAR,
        Parameter.LINE_TRANSFER_REMOTE);
    assertThat(machine.bytes(Parameter.L1D).value())
        .isLessThan(machine.bytes(Parameter.L2).value());
    assertThat(machine.bytes(Parameter.L2).value())
        .isLessThan(machine.bytes(Parameter.LLC).value());
  }

  private static void assertRising(Machine machine, Parameter... nearestFirst) {
    for (int i = 1; i < nearestFirst.length; i++) {
      assertThat(machine.nanoseconds(nearestFirst[i]).best())
          .as(machine.name() + " " + nearestFirst[i].path())
          .isGreaterThanOrEqualTo(machine.nanoseconds(nearestFirst[i - 1]).best());
    }
  }

  @ParameterizedTest
  @MethodSource("org.mapcost.model.machine.Machines#all")
  void aValueWithoutSourceIsWideOrArgued(Machine machine) {
    for (Parameter parameter : Parameter.values()) {
      Quantity quantity = machine.quantity(parameter);
      if (quantity.unsourced()) {
        Interval interval = quantity.interval();
        boolean wide =
            interval.high() >= 4 * interval.best() && interval.best() >= 4 * interval.low();
        assertThat(wide || !quantity.note().isEmpty())
            .as(machine.name() + " " + parameter.path())
            .isTrue();
        assertThat(interval.high()).as(parameter.path()).isGreaterThan(interval.low());
      }
    }
  }

  @Test
  void aFileMayReplaceWhatItExtends() throws IOException {
    Machine machine =
        Machines.read(
            write(
                """
                machine: mine
                stands_for: "a test"
                extends: epyc-milan
                topology:
                  cores: {value: 16, source: "lscpu"}
                prices:
                  invlpg: {value: 0.1, low: 0.05, high: 0.2, unit: us, source: "measured"}
                """));
    assertThat(machine.cpus()).isEqualTo(32);
    assertThat(machine.nanoseconds(Parameter.INVLPG)).isEqualTo(new Interval(50, 100, 200));
    assertThat(machine.quantity(Parameter.TLBSYNC))
        .isEqualTo(Machines.named("epyc-milan").quantity(Parameter.TLBSYNC));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prces:\\n  invlpg: {value: 1, unit: ns, source: x}"
            + "|:5: unknown section 'prces'; did you mean 'prices'?",
        "prices:\\n  invplg: {value: 1, unit: ns, source: x}"
            + "|:5: unknown key in prices 'invplg'; did you mean 'invlpg'?",
        "caches:\\n  invlpg: {value: 1, unit: ns, source: x}|:5: unknown key in caches 'invlpg'",
        "prices:\\n  invlpg: {value: 1, unit: ns, sauce: x}"
            + "|:5: unknown field of prices.invlpg 'sauce'; did you mean 'source'?",
        "prices:\\n  invlpg: {value: 1, unit: ns}|:5: prices.invlpg has no source: write {value",
        "prices:\\n  invlpg: {unit: ns, source: x}|:5: prices.invlpg has no value: write {value",
        "prices:\\n  invlpg: {value: 1, source: x}|:5: '1' is no time: the unit is missing",
        "prices:\\n  invlpg: {value: 1, unit: nz, source: x}"
            + "|:5: unknown unit of time 'nz'; did you mean 'ns'?",
        "prices:\\n  invlpg: {value: 1, low: 2, high: 3, unit: ns, source: x}"
            + "|:5: prices.invlpg must have 0 <= low <= value <= high, but has 2, 1, 3.",
        "topology:\\n  cores: {value: 1.5, source: x}|:5: '1.5' is no count",
        "features:\\n  pti: {value: maybe, source: x}|:5: 'maybe' is neither true nor false.",
        "prices:\\n  invlpg:|:5: 'invlpg' has no value",
        "topology:\\n  cores: {value: 1, source: x}\\ntopology:\\n  threads: {value: 1, source: x}"
            + "|:6: 'topology' occurs twice",
        "topology: [1]|:4: 'topology' is a list; a machine file has none.",
        "topology: {cores: 1|: no YAML"
      })
  void whatAMachineFileCannotSay(String text, String message) throws IOException {
    Path file =
        write(
            "machine: mine\nstands_for: a test\nextends: intel\n"
                + text.replace("\\n", "\n")
                + "\n");
    assertThatThrownBy(() -> Machines.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void whatAFileMustSay() throws IOException {
    assertThatThrownBy(() -> Machines.read(write("stands_for: a test\nextends: x86\n")))
        .hasMessageContaining("the key 'machine' is missing");
    assertThatThrownBy(
            () -> Machines.read(write("machine: mine\nstands_for: a test\nextends: x86\n")))
        .hasMessageContaining("machine 'mine' says nothing about topology.sockets: add it.");
    assertThatThrownBy(
            () -> Machines.read(write("machine: mine\nstands_for: a test\nextends: x68\n")))
        .hasMessageContaining("unknown machine to extend 'x68'");
    assertThatThrownBy(() -> Machines.read(write("- 1\n")))
        .hasMessageContaining(":1: a machine file starts with keys");
    assertThatThrownBy(() -> Machines.read(write("")))
        .hasMessageContaining(":1: a machine file starts with keys");
  }

  @Test
  void unknownMachines() {
    assertThatThrownBy(() -> Machines.named("epic-milan"))
        .hasMessageStartingWith("unknown machine 'epic-milan'; did you mean 'epyc-milan'?");
    assertThatThrownBy(() -> Machines.named("no/such.yaml"))
        .hasMessageStartingWith("no/such.yaml: cannot be read");
  }

  @ParameterizedTest
  @CsvSource({
    "cpus, 128, CPUS, 128, 128, 128",
    "topology.cpus, 128, CPUS, 128, 128, 128",
    "LLC, 32MiB, LLC, 33554432, 33554432, 33554432",
    "prices.fault_entry, 200ns..376ns..540ns, FAULT_ENTRY, 200, 376, 540",
    "clock, 2.1GHz, CLOCK, 2.1e9, 2.1e9, 2.1e9",
    "core_read_bandwidth, 12GB/s, CORE_READ_BANDWIDTH, 12e9, 12e9, 12e9",
    "pti, false, PTI, 0, 0, 0"
  })
  void setValues(
      String key, String text, Parameter parameter, double low, double best, double high) {
    Machine machine = Machines.named("skylake-sp-2s").with(key, text);
    assertThat(machine.quantity(parameter).interval()).isEqualTo(new Interval(low, best, high));
    assertThat(machine.quantity(parameter).source()).isEqualTo("--set machine." + parameter.path());
    assertThat(Machines.named("skylake-sp-2s").quantity(parameter).source())
        .doesNotStartWith("--set");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cpu|64|unknown machine key 'cpu'; did you mean 'cpus'?",
        "prices.invplg|1ns|unknown machine key 'prices.invplg'; did you mean 'prices.invlpg'?",
        "invlpg|100|is no time: the unit is missing",
        "invlpg|1ns..2ns|is no value of prices.invlpg: write one value, or three",
        "invlpg|3ns..2ns..4ns|is no interval: write 0 <= LOW <= BEST <= HIGH",
        "invlpg|1ns..2cycles..4cycles|mixes cycles and times",
        "cpus|many|is no number",
        "sockets|0|topology.sockets is above zero",
        "cpus|0|topology.cpus is 1 or more",
        "llc|big|is no size"
      })
  void valuesThatCannotBeSet(String key, String text, String message) {
    Machine machine = Machines.named("skylake-sp-2s");
    assertThatThrownBy(() -> machine.with(key, text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void cyclesBecomeTimeByTheClock() {
    Machine machine =
        Machines.named("skylake-sp-2s")
            .with("clock", "2GHz..3GHz..4GHz")
            .with("invlpg", "120cycles..240cycles..480cycles");
    assertThat(machine.nanoseconds(Parameter.INVLPG)).isEqualTo(new Interval(30, 80, 240));
  }

  @Test
  void moreCpusShareTheSameCaches() {
    Machine machine = Machines.named("skylake-sp-2s").with("cpus", "128");
    assertThat(machine.cpusPerSocket()).isEqualTo(64);
    assertThat(machine.cpusPerLlc()).isEqualTo(64);
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("mine.yaml"), yaml);
  }
}
