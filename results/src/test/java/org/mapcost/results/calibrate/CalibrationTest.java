package org.mapcost.results.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.price.Platform;
import org.mapcost.model.machine.price.PriceFunctions;

/// Guards that a calibration finds the prices that a host was made with, leaves at its class what
/// cannot be found and says so, and writes a file that schema and loader take.
class CalibrationTest {
  private static final SyntheticHost HOST = new SyntheticHost(SyntheticHost.twoCpus(), 1);
  private static final Calibration FOUND =
      Calibration.of(HOST.readings(5, HOST.points().ofCalibration()), HOST.points());

  @TempDir Path dir;

  @Test
  void findsThePricesOfTheHost() {
    assertThat(best(Parameter.CLOCK)).isCloseTo(3.2e9, within(0.02e9));
    assertThat(best(Parameter.INVLPG)).isCloseTo(SyntheticHost.INVLPG, within(3.0));
    assertThat(best(Parameter.DRAM_LATENCY)).isCloseTo(110, within(1.0));
    assertThat(best(Parameter.PAGE_WALK)).isCloseTo(20, within(0.5));
    assertThat(best(Parameter.PAGE_CLEAR)).isCloseTo(200, within(1.0));
    assertThat(best(Parameter.LOCK_TRANSFERS)).isCloseTo(4, within(0.1));
    assertThat(best(Parameter.CLFLUSH_CLEAN)).isCloseTo(2.5, within(0.05));
    assertThat(best(Parameter.CORE_READ_BANDWIDTH)).isCloseTo(4096 / 400e-9, within(1e8));
    assertThat(FOUND.missing()).isEmpty();
  }

  @Test
  void theWholeInterruptIsWhatWasMeasured() {
    Platform platform = Platform.of(FOUND.machine(), "6.18");
    var function = PriceFunctions.named("ipi-broadcast");
    double ns =
        function
            .price(platform, function.arguments(platform, Map.of("targets", "1")))
            .price()
            .caller()
            .best();
    assertThat(ns).isCloseTo(SyntheticHost.IPI, within(40.0));
  }

  @Test
  void whatTheHostCannotTellStaysAtItsClassAndSaysSo() {
    for (Parameter parameter :
        List.of(
            Parameter.IPI_SEND_TARGET,
            Parameter.WBINVD_UOP,
            Parameter.GLOBAL_FLUSH,
            Parameter.TLBSYNC,
            Parameter.LINE_TRANSFER_REMOTE)) {
      assertThat(FOUND.machine().quantity(parameter).interval())
          .isEqualTo(Machines.named("ice-lake-sp-2s").quantity(parameter).interval());
      assertThat(FOUND.written(parameter).note())
          .startsWith("not identifiable here (")
          .contains("): class default of ice-lake-sp-2s");
    }
    assertThat(FOUND.unidentified().get(Parameter.IPI_SEND_TARGET))
        .isEqualTo("no more targets than 1 here");
    assertThat(FOUND.machine().cpus()).isEqualTo(2);
    assertThat(FOUND.machine().interval(Parameter.NESTED_WALK).best()).isEqualTo(1);
  }

  @Test
  void theFileSatisfiesTheSchemaAndReadsBackAsItWas() throws IOException {
    Path file = dir.resolve("host.yaml");
    Machine read = MachineFile.write(FOUND, file);
    String yaml = Files.readString(file);
    assertThat(schema().validate(yaml, InputFormat.YAML)).isEmpty();
    assertThat(read.name()).isEqualTo("calibrated-ice-lake-sp-2s");
    assertThat(read.standsFor()).contains("Xeon(R) \"Test\" CPU, 2 CPUs of a virtual machine");
    for (Parameter parameter : Parameter.values()) {
      assertThat(read.quantity(parameter).interval().best())
          .as(parameter.path())
          .isCloseTo(
              FOUND.machine().quantity(parameter).interval().best(),
              within(1e-4 * FOUND.machine().quantity(parameter).interval().best() + 1e-12));
    }
    assertThat(read.quantity(Parameter.INVLPG).source())
        .isEqualTo("measured here: probe shootdown, 5 forks");
    assertThat(read.quantity(Parameter.INVLPG).note()).contains("residuals");
    try (var left = Files.list(dir)) {
      assertThat(left).as("nothing is left aside").containsExactly(file);
    }
  }

  @Test
  void withOneCpuTheResultIsShorterAndSaysWhy() {
    SyntheticHost alone = new SyntheticHost(SyntheticHost.twoCpus(), 0);
    Calibration found =
        Calibration.of(alone.readings(3, alone.points().ofCalibration()), alone.points());
    assertThat(found.measured())
        .containsKeys(Parameter.INVLPG, Parameter.DRAM_LATENCY)
        .doesNotContainKeys(Parameter.IPI_DELIVERY, Parameter.LINE_TRANSFER_NEAR);
    assertThat(found.missing().getFirst()).startsWith("one CPU for this process");
    assertThat(found.unidentified().get(Parameter.IPI_DELIVERY)).isEqualTo("one CPU");
  }

  @Test
  void manyCpusTellTheSlopeOverTargets() {
    SyntheticHost many = new SyntheticHost(SyntheticHost.twoCpus(), 7);
    assertThat(many.points().peerCounts()).containsExactly(1, 4, 7);
    Calibration found =
        Calibration.of(many.readings(3, many.points().ofCalibration()), many.points());
    assertThat(found.measured()).containsKey(Parameter.IPI_SEND_TARGET);
  }

  private static double best(Parameter parameter) {
    return FOUND.interval(parameter).orElseThrow().best();
  }

  private static Schema schema() throws IOException {
    try (InputStream in = Machines.class.getResourceAsStream("machine.schema.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
