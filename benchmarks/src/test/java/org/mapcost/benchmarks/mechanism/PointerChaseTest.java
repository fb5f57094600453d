package org.mapcost.benchmarks.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mapcost.model.iomem.Resource;

/// Guards that the floor is the floor of this very walk: nodes of the same layout, and as many of
/// them, in the given sequence.
class PointerChaseTest {
  @Test
  void aNodeHasTheFieldsOfAResource() {
    assertThat(fields(PointerChase.Node.class)).isEqualTo(fields(Resource.class)).hasSize(9);
  }

  /// Field names with their types, the class itself called `self`. The JVM lays fields out by type
  /// and order alone.
  private static List<String> fields(Class<?> of) {
    return Stream.of(of.getDeclaredFields())
        .filter(field -> !Modifier.isStatic(field.getModifiers()))
        .map(field -> field.getName() + ": " + type(field, of))
        .toList();
  }

  private static String type(Field field, Class<?> self) {
    return field.getType() == self ? "self" : field.getType().getSimpleName();
  }

  @Test
  void followsAllVisitedNodesAndNoOthers() {
    int[] created = {3, 1, 4, 0, 2};
    assertThat(PointerChase.over(created, new int[] {2}).follow()).isEqualTo(1);
    assertThat(PointerChase.over(created, new int[] {2, 4, 0}).follow()).isEqualTo(3);
    assertThat(PointerChase.over(created, new int[] {0, 1, 2, 3, 4}).follow()).isEqualTo(5);
  }

  @Test
  void aNodeTakesBetweenOneAndTwoCacheLines() {
    int bytes = PointerChase.over(new int[] {1, 0}, new int[] {0}).nodeBytes();
    assertThat(bytes).isBetween(64, 128);
    assertThat(bytes % 8).isZero();
  }
}
