package org.mapcost.benchmarks.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mapcost.model.cost.Event;
import org.openjdk.jmh.annotations.Param;

/// Makes a benchmark's parameter state with every combination of its default parameters, as JMH
/// does before it calls the set-up.
final class EveryParameter {
  private EveryParameter() {}

  /// The combinations, each by the name of the parameter.
  static Stream<Map<String, String>> of(Class<?> state) {
    List<Map<String, String>> all = List.of(Map.of());
    for (Field field : state.getDeclaredFields()) {
      Param param = field.getAnnotation(Param.class);
      if (param != null) {
        List<Map<String, String>> longer = new ArrayList<>();
        for (Map<String, String> shorter : all) {
          for (String value : param.value()) {
            Map<String, String> combination = new TreeMap<>(shorter);
            combination.put(field.getName(), value);
            longer.add(combination);
          }
        }
        all = longer;
      }
    }
    return all.stream();
  }

  /// Sets the parameters.
  static <T> T set(T state, Map<String, String> parameters) {
    parameters.forEach((name, value) -> {
      try {
        Field field = state.getClass().getDeclaredField(name);
        field.set(state, parse(field.getType(), value));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(name, e);
      }
    });
    return state;
  }

  private static Object parse(Class<?> type, String value) {
    if (type == int.class) {
      return Integer.parseInt(value);
    }
    if (type == long.class) {
      return Long.parseLong(value);
    }
    return type == double.class ? (Object) Double.parseDouble(value) : value;
  }

  /// Asserts that a period costs something and that periods count alike, in all events but
  /// `unsteady` ones, and just those events that were there when the price was made.
  static void assertSteady(ModelledCost cost, int period, Runnable operation, Event... unsteady) {
    assertThat(cost.ofPeriod().caller().low()).isPositive();
    assertThat(cost.operations()).isZero();
    long[] once = counts(cost, period, operation);
    long[] again = counts(cost, period, operation);
    for (Event event : unsteady) {
      again[event.ordinal()] = once[event.ordinal()];
    }
    assertThat(again).isEqualTo(once);
    for (Event event : Event.values()) {
      assertThat(once[event.ordinal()] > 0)
          .as("%s was there when the price was made", event)
          .isEqualTo(cost.events().contains(event));
    }
  }

  private static long[] counts(ModelledCost cost, int period, Runnable operation) {
    cost.clear();
    for (int i = 0; i < period; i++) {
      operation.run();
    }
    assertThat(cost.operations()).isEqualTo(period);
    long[] counts = new long[Event.values().length];
    for (Event event : Event.values()) {
      counts[event.ordinal()] = cost.meter().total(event);
    }
    return counts;
  }
}
