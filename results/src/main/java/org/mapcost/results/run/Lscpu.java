package org.mapcost.results.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What `lscpu -J` (util-linux) says of a host. It asks the CPU itself, and so knows the hypervisor
/// where `/proc` and `/sys` do not name one.
///
/// @param fields by its own names without the colon, such as `Hypervisor vendor`
record Lscpu(Map<String, String> fields) {
  /// A host without the program, or with one that answers in another form.
  static final Lscpu NONE = new Lscpu(Map.of());

  private static final int PATIENCE_SECONDS = 5;

  /// Asks this host.
  static Lscpu here() {
    ProcessBuilder lscpu =
        new ProcessBuilder("lscpu", "-J").redirectError(ProcessBuilder.Redirect.DISCARD);
    lscpu.environment().put("LC_ALL", "C");
    try {
      Process process = lscpu.start();
      try {
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return ended && process.exitValue() == 0 ? parse(answer) : NONE;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return NONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NONE;
    }
  }

  /// Reads its answer. Newer versions nest fields under others; older ones do not.
  static Lscpu parse(String json) {
    Map<String, String> fields = new TreeMap<>();
    try {
      add(Json.MAPPER.readTree(json).path("lscpu"), fields);
    } catch (JacksonException e) {
      return NONE;
    }
    return new Lscpu(fields);
  }

  private static void add(JsonNode list, Map<String, String> fields) {
    for (JsonNode each : list) {
      String name = each.path("field").asString("").replaceFirst(":$", "");
      String data = each.path("data").asString("");
      if (!name.isEmpty() && !data.isEmpty() && !data.equals("-")) {
        fields.putIfAbsent(name, data);
      }
      add(each.path("children"), fields);
    }
  }

  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }
}
