package org.mapcost.model.workload.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.InputException;
import org.mapcost.model.workload.trace.TraceEvent.Reason;

/// Guards that every line of every recorder's text is accounted for: used, passed over by name,
/// damaged by number, lost, or silent; and that a trace of any length takes the same memory.
class TraceReaderTest {
  @TempDir Path folder;

  private static TraceReader bundled(String name) {
    return TraceReader.of(
        name, Objects.requireNonNull(TraceReaderTest.class.getResourceAsStream(name)));
  }

  private static List<TraceEvent> events(TraceReader reader) {
    List<TraceEvent> events = new ArrayList<>();
    for (TraceEvent event = reader.next(); event != null; event = reader.next()) {
      events.add(event);
    }
    return events;
  }

  private static TraceReader text(String text) {
    return TraceReader.of("t.txt", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "perf-script.txt,50,50,0,0",
    "perf-script-ns.txt,12,12,0,0",
    "i915.txt,14,1,13,7",
    "ftrace.txt,13,1,10,0",
    "ftrace-latency.txt,19,1,16,0",
    "trace-pipe.txt,2,2,0,0",
    "trace-cmd.txt,19,1,17,0"
  })
  void everyLineOfEveryRecordingIsAccountedFor(
      String name, long lines, long known, long unknown, long outOfOrder) {
    try (TraceReader reader = bundled(name)) {
      assertThat(events(reader)).hasSize((int) known);
      TraceAccount account = reader.account();
      assertThat(account.lines()).isEqualTo(lines);
      assertThat(account.known().values().stream().mapToLong(Long::longValue).sum())
          .isEqualTo(known);
      assertThat(account.unknown().values().stream().mapToLong(Long::longValue).sum())
          .isEqualTo(unknown);
      assertThat(account.damagedLines()).isZero();
      assertThat(account.truncated()).isFalse();
      assertThat(account.outOfOrder()).isEqualTo(outOfOrder);
    }
  }

  @Test
  void fieldsAreReadAsRecorded() {
    TraceEvent.PageFault fault =
        (TraceEvent.PageFault) events(bundled("trace-pipe.txt")).getFirst();
    assertThat(fault)
        .isEqualTo(
            new TraceEvent.PageFault(
                new TraceEvent.Origin(6288.896762e9, 3, 930, "bash"), 0x55bc6c5557d0L, 7));
    assertThat(fault.isProtection() && fault.isWrite()).isTrue();
    TraceEvent.Move move = (TraceEvent.Move) events(bundled("trace-cmd.txt")).getFirst();
    assertThat(move.object()).isEqualTo(0xffff91ca457a9800L);
    assertThat(move.pages()).isEqualTo(256);
    assertThat(move.vram()).isTrue();
    TraceEvent.ObjectFault touch = (TraceEvent.ObjectFault) events(bundled("i915.txt")).getFirst();
    assertThat(touch.object()).isEqualTo(0xffff8800a88d1400L);
    assertThat(touch.page()).isZero();
    TraceEvent.TlbFlush sent = (TraceEvent.TlbFlush) events(bundled("perf-script-ns.txt")).get(4);
    assertThat(sent.pages()).isEqualTo(16);
    assertThat(sent.reason()).isEqualTo(Reason.REMOTE_SEND_IPI);
    assertThat(sent.origin().at()).isEqualTo(3265.771608856e9);
    TraceEvent.TlbFlush late = (TraceEvent.TlbFlush) events(bundled("ftrace-latency.txt")).get(0);
    assertThat(late.origin()).isEqualTo(new TraceEvent.Origin(2563695126e3, 1, 0, "<idle>"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  Web Content-12  (  12) [001] d..1. 5.000001: i915_gem_object_create:"
            + " obj=00000000c0ffee11, size=0x5000",
        "Web Content 12/13 [001] 5.000001:    1 i915:i915_gem_object_create: obj=0xc0ffee11,"
            + " size=0x4001"
      })
  void namesWithBlanksThreadGroupsAndPeriodsAreRead(String line) {
    TraceEvent.Create create = (TraceEvent.Create) events(text(line + "\n")).getFirst();
    assertThat(create.pages()).isEqualTo(5);
    assertThat(create.object()).isEqualTo(0xc0ffee11L);
    assertThat(create.origin().comm()).isEqualTo("Web Content");
    assertThat(create.origin().cpu()).isEqualTo(1);
  }

  @Test
  void amdgpuBuffersGoWhereTheyArePreferred() {
    String line =
        "x-1 [000] 1.0: amdgpu_bo_create: bo=0x10, pages=8, type=0, preferred=%d, allowed=6,"
            + " visible=0\n";
    List<TraceEvent> events = events(text(line.formatted(4) + line.formatted(2)));
    assertThat(((TraceEvent.Create) events.get(0)).vram()).isTrue();
    assertThat(((TraceEvent.Create) events.get(1)).vram()).isFalse();
  }

  @Test
  void damageIsNamedByLineAndNothingElseIsLost() {
    TraceReader reader =
        text(
            """
            # tracer: nop
            bash-1 [000] 1.000000: tlb_flush: pages:1 reason:local MM shootdown (3)
            bash-1 [000] 1.0000 garbage
            bash-1 [000] 1.000010: tlb_flush: pages:x reason:local MM shootdown (3)
            CPU:3 [LOST 1234 EVENTS]
            \tffffffff81063a04 native_flush_tlb_others ([kernel.kallsyms])

            bash-1 [000] 1.000020: page_fault_user: address=0x1000 ip=0x1 error_code=0x6
            bash-1 [000] 1.000030: tlb_flush: pages:9 reason:unheard of (9)
            bash-1 [000] 1.000040: page_fault_us\
            """);
    assertThat(events(reader)).hasSize(2);
    TraceAccount account = reader.account();
    assertThat(account.damaged()).containsExactly(3L, 4L, 9L);
    assertThat(account.truncated()).isTrue();
    assertThat(account.sentences())
        .containsExactly(
            "t.txt: 10 lines, 2 events used (1 page fault, 1 tlb_flush (local mm shootdown)).",
            "3 damaged lines were passed over: 3, 4, 9.",
            "The last line has no end and is taken to be cut off; the trace was used up to it.",
            "The recorder lost events at 1 place, 1234 of them: counts are too low there.");
  }

  @Test
  void onlyTheFirstDamagedLinesAreNamed() {
    TraceReader reader = text("?\n".repeat(5000));
    assertThat(reader.next()).isNull();
    assertThat(reader.account().damagedLines()).isEqualTo(5000);
    assertThat(reader.account().damaged()).hasSize(TraceReader.NAMED);
  }

  @Test
  void timesNeverGoBack() {
    String line = "a-1 [00%d] %s: page_fault_user: address=0x1000 ip=0x1 error_code=0x6\n";
    TraceReader reader =
        text(line.formatted(0, "2.5") + line.formatted(1, "2.4") + line.formatted(0, "2.6"));
    double[] times = new double[3];
    for (int i = 0; i < 3; i++) {
      assertThat(reader.next()).isNotNull();
      times[i] = reader.now();
    }
    assertThat(times[0]).isZero();
    assertThat(times[1]).isZero();
    assertThat(times[2]).isCloseTo(1e8, org.assertj.core.api.Assertions.within(1.0));
    assertThat(reader.account().outOfOrder()).isEqualTo(1);
  }

  /// 64 MiB of one line, and 100 000 names of events: neither is kept.
  @Test
  void noInputIsKept() {
    InputStream endless =
        new InputStream() {
          private long left = 64L << 20;

          @Override
          public int read() {
            return left-- > 0 ? 'x' : -1;
          }

          @Override
          public int read(byte[] into, int from, int length) {
            int given = (int) Math.min(length, left);
            java.util.Arrays.fill(into, from, from + given, (byte) 'x');
            left -= given;
            return given == 0 ? -1 : given;
          }
        };
    TraceReader reader = TraceReader.of("endless", endless);
    assertThat(reader.next()).isNull();
    assertThat(reader.account().truncated()).isTrue();
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      names.append("a-1 [000] 1.0: event_").append(i).append(": x=1\n");
    }
    TraceReader many = text(names.toString());
    assertThat(many.next()).isNull();
    assertThat(many.account().unknown()).hasSize(501).containsEntry(TraceReader.OTHERS, 1500L);
  }

  @Test
  void whatIsNoTraceIsRefusedInWords() throws Exception {
    Path perf = folder.resolve("perf.data");
    Files.writeString(perf, "PERFILE2 and more");
    assertThatThrownBy(() -> TraceReader.open(perf))
        .isInstanceOf(InputException.class)
        .hasMessage(
            perf + ": the binary file of perf; give the text of 'perf script -i " + perf + "'.");
    Path dat = folder.resolve("trace.dat");
    Files.write(dat, new byte[] {0x17, 8, 0x44, 't', 'r', 'a', 'c', 'i', 'n', 'g', '6'});
    assertThatThrownBy(() -> TraceReader.open(dat))
        .hasMessageContaining("give the text of 'trace-cmd report");
    Path prose = folder.resolve("prose.txt");
    Files.writeString(prose, "It was a dark and stormy night.\n");
    assertThatThrownBy(() -> TraceReader.account(prose))
        .hasMessage(
            prose
                + ": no event in it; give the text of ftrace, 'trace-cmd report' or 'perf"
                + " script'.");
    assertThatThrownBy(() -> TraceReader.open(folder.resolve("none")))
        .hasMessage(folder.resolve("none") + ": no such file.");
    assertThatThrownBy(() -> TraceReader.open(folder)).hasMessageContaining("is a directory");
  }
}
