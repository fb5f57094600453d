package org.mapcost.model.workload.trace;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.workload.trace.TraceEvent.Origin;
import org.mapcost.model.workload.trace.TraceEvent.Reason;
import org.mapcost.model.workload.trace.TraceLine.Damaged;
import org.mapcost.model.workload.trace.TraceLine.Known;
import org.mapcost.model.workload.trace.TraceLine.Lost;
import org.mapcost.model.workload.trace.TraceLine.Silent;
import org.mapcost.model.workload.trace.TraceLine.Unknown;

/// How lines of traces are written: by ftrace with and without latency columns, by `trace-cmd
/// report` and by `perf script`.
///
/// The fields are those of `include/trace/events/tlb.h`, `arch/x86/include/asm/trace/exceptions.h`,
/// `i915_trace.h` (4.18) and `amdgpu_trace.h` (4.18); that of `i915_gem_object_destroy` was
/// recalled.
final class TraceGrammar {
  private TraceGrammar() {}

  /// `bash-930 [003] d... 6288.896762: rest`, `java 13894/13894 [001] 4810.691989: rest`.
  private static final Pattern HEAD =
      Pattern.compile(
          ">?\\s*(\\S.*?)[-\\s]\\s*([0-9]+)(?:/[0-9]+)?\\s+(?:\\(["
              + " 0-9-]+\\)\\s+)?\\[([0-9]{1,5})]\\s+"
              + "(?:[A-Za-z0-9.#]{4,8}\\s+)?([0-9]{1,12}\\.[0-9]{1,9}):\\s*(.*)");

  /// The latency format of ftrace: `cyclicte-1213 1d...2.. 2563695126us : rest`.
  private static final Pattern LATENCY =
      Pattern.compile(
          ">?\\s*(\\S.*?)-([0-9]+)\\s+([0-9]{1,5}?)[A-Za-z.#][A-Za-z0-9.#]{3,7}\\s+([0-9]{1,18})us[+!#*@$"
              + " ]*:\\s*(.*)");

  /// What recorders write besides events.
  private static final Pattern BESIDES =
      Pattern.compile(
          "\\s*|\\s*(#|//|\\.\\.\\.).*|cpus=[0-9]+|version = .*|CPU [0-9]+ is"
              + " empty|\\s+[0-9a-f]{4,16} \\S.*|\\s*=> .*");

  private static final Pattern LOST =
      Pattern.compile(".*\\[(?:LOST )?([0-9]+ )?(?:EVENTS?|events?)(?: DROPPED| LOST)?\\].*");

  private static final Pattern NAME =
      Pattern.compile("(?:[0-9]+\\s+)?([A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?):(?:\\s+(.*))?");
  private static final Pattern TLB_FLUSH =
      Pattern.compile("pages:(-?[0-9]{1,18}) reason:.*\\(([0-9])\\)\\s*(?:<=.*)?");
  private static final Pattern PAGE_FAULT =
      Pattern.compile("address=(\\S+) ip=\\S+ error_code=0x([0-9a-f]{1,8})\\s*");
  private static final Pattern CREATE =
      Pattern.compile("obj=(?:0x)?([0-9a-f]{1,16}), size=0x([0-9a-f]{1,12})\\s*");
  private static final Pattern DESTROY = Pattern.compile("obj=(?:0x)?([0-9a-f]{1,16})\\s*");
  private static final Pattern FAULT =
      Pattern.compile("obj=(?:0x)?([0-9a-f]{1,16}), \\S+ index=([0-9]{1,10})\\s*,?.*");
  private static final Pattern BO_CREATE =
      Pattern.compile(
          "bo=(?:0x)?([0-9a-f]{1,16}), pages=([0-9]{1,10}), type=[0-9]+, preferred=([0-9]+),.*");
  private static final Pattern BO_MOVE =
      Pattern.compile(
          "bo=(?:0x)?([0-9a-f]{1,16}), from=[0-9]+, to=([0-9]+), size=([0-9]{1,14})\\s*");

  /// `AMDGPU_GEM_DOMAIN_VRAM`.
  private static final long DOMAIN_VRAM = 4;

  /// `TTM_PL_VRAM`.
  private static final long PLACE_VRAM = 2;

  /// Reads a line.
  static TraceLine read(String line) {
    Matcher head = HEAD.matcher(line);
    if (head.matches()) {
      double at = Double.parseDouble(head.group(4)) * 1e9;
      return event(head, at);
    }
    Matcher latency = LATENCY.matcher(line);
    if (latency.matches()) {
      return event(latency, Double.parseDouble(latency.group(4)) * 1e3);
    }
    Matcher lost = LOST.matcher(line);
    if (lost.matches()) {
      @Nullable String count = lost.group(1);
      return new Lost(count == null ? 0 : Long.parseLong(count.strip()));
    }
    return BESIDES.matcher(line).matches() ? new Silent() : new Damaged();
  }

  private static TraceLine event(Matcher head, double at) {
    String rest = head.group(5);
    Matcher named = NAME.matcher(rest);
    if (!named.matches()) {
      // Old tracers of system calls write `sys_write(fd: 4)` and `sys_write -> 0x4`.
      String word = rest.strip().split("[(\\s]", 2)[0];
      return word.isEmpty() ? new Damaged() : new Unknown(word, at);
    }
    String full = named.group(1);
    String name = full.substring(full.indexOf(':') + 1);
    String fields = named.group(2) == null ? "" : named.group(2);
    try {
      long pid = Long.parseLong(head.group(2));
      int cpu = Integer.parseInt(head.group(3));
      return of(name, fields, new Origin(at, cpu, pid, head.group(1).strip()));
    } catch (NumberFormatException e) {
      return new Damaged();
    }
  }

  private static TraceLine of(String name, String fields, Origin origin) {
    return switch (name) {
      case "tlb_flush" -> {
        Matcher of = TLB_FLUSH.matcher(fields);
        yield of.matches() ? flush(of, origin) : new Damaged();
      }
      case "page_fault_user", "page_fault_kernel" -> {
        Matcher of = PAGE_FAULT.matcher(fields);
        yield of.matches()
            ? new Known(new TraceEvent.PageFault(origin, address(of.group(1)), hex(of.group(2))))
            : new Damaged();
      }
      case "i915_gem_object_create" -> {
        Matcher of = CREATE.matcher(fields);
        yield of.matches()
            ? new Known(
                new TraceEvent.Create(origin, hex(of.group(1)), pages(hex(of.group(2))), false))
            : new Damaged();
      }
      case "i915_gem_object_destroy" -> {
        Matcher of = DESTROY.matcher(fields);
        yield of.matches()
            ? new Known(new TraceEvent.Destroy(origin, hex(of.group(1))))
            : new Damaged();
      }
      case "i915_gem_object_fault" -> {
        Matcher of = FAULT.matcher(fields);
        yield of.matches()
            ? new Known(
                new TraceEvent.ObjectFault(origin, hex(of.group(1)), Long.parseLong(of.group(2))))
            : new Damaged();
      }
      case "amdgpu_bo_create" -> {
        Matcher of = BO_CREATE.matcher(fields);
        yield of.matches()
            ? new Known(
                new TraceEvent.Create(
                    origin,
                    hex(of.group(1)),
                    Math.max(1, Long.parseLong(of.group(2))),
                    (Long.parseLong(of.group(3)) & DOMAIN_VRAM) != 0))
            : new Damaged();
      }
      case "amdgpu_bo_move", "amdgpu_ttm_bo_move" -> {
        Matcher of = BO_MOVE.matcher(fields);
        yield of.matches()
            ? new Known(
                new TraceEvent.Move(
                    origin,
                    hex(of.group(1)),
                    pages(Long.parseLong(of.group(3))),
                    Long.parseLong(of.group(2)) == PLACE_VRAM))
            : new Damaged();
      }
      default -> new Unknown(name, origin.at());
    };
  }

  private static TraceLine flush(Matcher of, Origin origin) {
    int reason = Integer.parseInt(of.group(2));
    List<Reason> reasons = List.of(Reason.values());
    return reason < reasons.size()
        ? new Known(
            new TraceEvent.TlbFlush(origin, Long.parseLong(of.group(1)), reasons.get(reason)))
        : new Damaged();
  }

  /// A kernel address may be printed as a symbol, and is then not known.
  private static long address(String text) {
    return text.matches("0x[0-9a-f]{1,16}") ? hex(text.substring(2)) : 0;
  }

  private static long hex(String digits) {
    return Long.parseUnsignedLong(digits, 16);
  }

  private static long pages(long bytes) {
    return Math.max(1, (bytes + 4095) / 4096);
  }
}
