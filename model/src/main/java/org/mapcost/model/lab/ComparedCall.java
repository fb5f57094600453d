package org.mapcost.model.lab;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One recorded call and what the model did instead, key by key. Keys are events and, where a call
/// shows more than events, words such as `result` or `nodes`.
///
/// @param name which call of the recording
/// @param sides both sides of each key that was compared, in the order compared
public record ComparedCall(String name, Map<String, Sides> sides) {
  /// What was recorded, and what the model says.
  public record Sides(String recorded, String modelled) {
    boolean agree() {
      return recorded.equals(modelled);
    }
  }

  public ComparedCall {
    sides = Collections.unmodifiableMap(new LinkedHashMap<>(sides));
  }

  /// The keys on which the two differ.
  public List<String> differing() {
    return sides.entrySet().stream()
        .filter(each -> !each.getValue().agree())
        .map(Map.Entry::getKey)
        .toList();
  }

  /// Whether the model did the same.
  public boolean agrees() {
    return differing().isEmpty();
  }

  /// Collects the two sides of one call.
  static final class Builder {
    private final String name;
    private final Map<String, Sides> sides = new LinkedHashMap<>();

    Builder(String name) {
      this.name = name;
    }

    Builder put(String key, Object recorded, Object modelled) {
      sides.put(key, new Sides(String.valueOf(recorded), String.valueOf(modelled)));
      return this;
    }

    ComparedCall build() {
      return new ComparedCall(name, sides);
    }
  }
}
