package org.mapcost.benchmarks.host;

import java.lang.reflect.Field;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;

/// One probe with its parameters, written `mprotect?pages=4&running=true`.
///
/// @param probe the probe's name, see [#PROBES]
/// @param params values of its `@Param` fields; those left out keep their first
public record ProbePoint(String probe, Map<String, String> params) {
  private static final Map<String, Supplier<HostProbe>> PROBES =
      new TreeMap<>(
          Map.of(
              "membarrier", MembarrierBenchmark::new,
              "shootdown", ShootdownBenchmark::new,
              "fault", MinorFaultBenchmark::new,
              "latency", LoadLatencyBenchmark::new,
              "core", CoreBenchmark::new,
              "write-back", LineWriteBackBenchmark::new,
              "pages", MemoryBandwidthBenchmark::new,
              "lock", LockHandOverBenchmark::new));

  public ProbePoint {
    if (!PROBES.containsKey(probe)) {
      throw new IllegalArgumentException("no probe '" + probe + "': " + PROBES.keySet());
    }
    params = Collections.unmodifiableMap(new TreeMap<>(params));
  }

  /// `of("shootdown", "op", "MPROTECT", "pages", "4")`.
  public static ProbePoint of(String probe, String... keysAndValues) {
    Map<String, String> params = new TreeMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      params.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new ProbePoint(probe, params);
  }

  /// Reads what [#toString] writes.
  public static ProbePoint parse(String text) {
    String[] parts = text.split("\\?", 2);
    Map<String, String> params = new TreeMap<>();
    if (parts.length == 2) {
      for (String each : parts[1].split("&", -1)) {
        String[] pair = each.split("=", 2);
        if (pair.length != 2) {
          throw new IllegalArgumentException("'" + each + "' is no key=value in '" + text + "'");
        }
        params.put(pair[0], pair[1]);
      }
    }
    return new ProbePoint(parts[0], params);
  }

  /// The probe, not yet open. Throws `IllegalArgumentException` for parameters that it has not.
  public HostProbe create() {
    HostProbe created = Objects.requireNonNull(PROBES.get(probe)).get();
    defaults(created);
    params.forEach((key, value) -> set(created, key, value));
    return created;
  }

  private static void defaults(HostProbe created) {
    for (Field field : created.getClass().getFields()) {
      var declared = field.getAnnotation(org.openjdk.jmh.annotations.Param.class);
      if (declared != null) {
        set(created, field.getName(), declared.value()[0]);
      }
    }
  }

  private static void set(HostProbe created, String key, String value) {
    try {
      Field field = created.getClass().getField(key);
      field.set(created, converted(field.getType(), value));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          created.getClass().getSimpleName() + " has no parameter '" + key + "'", e);
    }
  }

  private static Object converted(Class<?> type, String value) {
    if (type == int.class) {
      return Integer.valueOf(value);
    }
    if (type == long.class) {
      return Long.valueOf(value);
    }
    if (type == boolean.class) {
      return Boolean.valueOf(value);
    }
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (((Enum<?>) constant).name().equals(value)) {
          return constant;
        }
      }
      throw new IllegalArgumentException("'" + value + "' is no " + type.getSimpleName());
    }
    return value;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(probe);
    char separator = '?';
    for (Map.Entry<String, String> each : params.entrySet()) {
      text.append(separator).append(each.getKey()).append('=').append(each.getValue());
      separator = '&';
    }
    return text.toString();
  }
}
