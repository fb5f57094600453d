package org.mapcost.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mapcost.model.InputException;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.iomem.ResourceWalk;

/// Guards that the profiles name benchmarks and parameters that exist, and that every round
/// measures every point once, in an order of its own.
class PlanTest {
  private static final String WALK = "org.mapcost.benchmarks.mechanism.ResourceWalkBenchmark.walk";

  @ParameterizedTest
  @EnumSource
  void everyPointExists(Profile profile) {
    Plan plan = profile.plan();
    assertThatCode(() -> new JmhFork(plan)).doesNotThrowAnyException();
    assertThat(new HashSet<>(plan.points())).hasSameSizeAs(plan.points());
    for (BenchmarkPoint point : walks(plan.points())) {
      String tree = param(point, "tree");
      assertThatCode(() -> ResourceWalk.ofKey(param(point, "behaviour")))
          .doesNotThrowAnyException();
      if (!tree.matches("synthetic-[0-9]+")) {
        assertThat(BundledTree.ofKey(tree).tree().size()).isPositive();
      }
    }
  }

  @Test
  void everyWalkHasAPointerChaseBesideIt() {
    for (Profile profile : Profile.values()) {
      List<BenchmarkPoint> points = profile.plan().points();
      Set<Map<String, String>> walks = params(points, "walk");
      assertThat(walks).isNotEmpty().isEqualTo(params(points, "chase"));
      assertThat(walks(points)).hasSize(2 * walks.size());
    }
  }

  @Test
  void everyBenchmarkOfAMechanismIsMeasuredButForAQuickLook() {
    Set<String> mechanisms = new HashSet<>(Suite.benchmarks().keySet());
    assertThat(mechanisms.removeIf(name -> name.startsWith("org.mapcost.benchmarks.host.")))
        .isTrue();
    assertThat(names(Profile.CI)).isEqualTo(mechanisms);
    assertThat(names(Profile.FULL)).isEqualTo(mechanisms);
    assertThat(walks(Profile.QUICK.plan().points())).isEqualTo(Profile.QUICK.plan().points());
  }

  @Test
  void everyRoundHasEveryPointOnceInAnOrderOfItsOwn() {
    Plan plan = Profile.QUICK.plan();
    List<Integer> all = IntStream.range(0, plan.points().size()).boxed().toList();
    List<Integer> first = plan.order(0);
    assertThat(first).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(all);
    assertThat(plan.order(1)).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(first);
    assertThat(Profile.QUICK.plan().order(0)).isEqualTo(first);
  }

  @Test
  void aPartOfAPlan() {
    Plan part = Profile.QUICK.plan().including(Pattern.compile("walk .*tree=synthetic-100$"));
    assertThat(part.points())
        .extracting(BenchmarkPoint::label)
        .containsExactly("ResourceWalkBenchmark.walk behaviour=w2 target=last tree=synthetic-100");
    assertThat(part.forks()).isEqualTo(3);
    assertThatThrownBy(() -> Profile.QUICK.plan().including(Pattern.compile("wlak")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "no benchmark of profile quick matches 'wlak'; the first of its 22 is: "
                + Profile.QUICK.plan().points().getFirst().fullName()
                + ".");
  }

  @Test
  void whatIsNotInThisProgramIsRefused() {
    Map<String, String> params = Profile.QUICK.plan().points().getFirst().params();
    assertThatThrownBy(() -> new JmhFork(plan(new BenchmarkPoint(WALK + "s", params))))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "unknown benchmark '" + WALK + "s'; did you mean '" + WALK + "'? Known: ");
    assertThatThrownBy(() -> new JmhFork(plan(new BenchmarkPoint(WALK, Map.of("tree", "x")))))
        .isInstanceOf(InputException.class)
        .hasMessage(
            WALK + " has the parameters [behaviour, target, tree], and the plan gives it [tree].");
    assertThatThrownBy(() -> new Plan("none", 0, iterations(), iterations(), 1, List.of()))
        .hasMessage("a plan has one fork or more, not 0");
  }

  private static List<BenchmarkPoint> walks(List<BenchmarkPoint> points) {
    return points.stream().filter(each -> each.benchmark().contains("ResourceWalk")).toList();
  }

  private static Set<String> names(Profile profile) {
    Set<String> names = new HashSet<>();
    profile.plan().points().forEach(each -> names.add(each.benchmark()));
    return names;
  }

  private static String param(BenchmarkPoint point, String name) {
    return Objects.requireNonNull(point.params().get(name), name);
  }

  private static Set<Map<String, String>> params(List<BenchmarkPoint> points, String method) {
    Set<Map<String, String>> params = new HashSet<>();
    points.stream()
        .filter(each -> each.benchmark().endsWith("." + method))
        .forEach(each -> params.add(each.params()));
    return params;
  }

  private static Plan plan(BenchmarkPoint point) {
    return new Plan("test", 1, iterations(), iterations(), 1, List.of(point));
  }

  private static Plan.Iterations iterations() {
    return new Plan.Iterations(1, Duration.ofMillis(10));
  }
}
