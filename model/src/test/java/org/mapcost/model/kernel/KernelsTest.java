package org.mapcost.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.InputException;
import org.mapcost.model.iomem.ResourceWalk;

/// Guards which walk each kernel has, and that a replaced behaviour is always visible as such.
class KernelsTest {
  @ParameterizedTest
  @CsvSource({"4.19, W0", "5.11, W1", "6.1.0, W2", "6.1, W3", "7.2, W3"})
  void walks(String name, ResourceWalk walk) {
    Kernel kernel = Kernels.named(name);
    assertThat(kernel.resourceWalk()).isEqualTo(walk);
    assertThat(kernel.label()).isEqualTo(name);
    assertThat(kernel.standsFor()).startsWith(name);
  }

  @Test
  void everyKernelHasASourceForEveryBehaviour() {
    assertThat(Kernels.all()).hasSameSizeAs(Kernels.names());
    for (Kernel kernel : Kernels.all()) {
      for (Behaviour behaviour : Behaviour.values()) {
        assertThat(kernel.setting(behaviour).source()).isNotBlank();
        assertThat(kernel.setting(behaviour).evidence()).isNotEqualTo(Evidence.SET);
      }
    }
  }

  @Test
  void aSetBehaviourShowsInTheLabel() {
    Kernel kernel = Kernels.named("6.1").with(Behaviour.RESOURCE_WALK, "W2");
    assertThat(kernel.resourceWalk()).isEqualTo(ResourceWalk.W2);
    assertThat(kernel.label()).isEqualTo("6.1 (resource_walk=w2)");
    assertThat(kernel.setting(Behaviour.RESOURCE_WALK).evidence()).isEqualTo(Evidence.SET);
  }

  @Test
  void unknownNames() {
    assertThatThrownBy(() -> Kernels.named("6.2"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("unknown kernel '6.2'; did you mean '6.1'?");
    assertThatThrownBy(() -> Behaviour.ofKey("resource_wlak"))
        .hasMessageStartingWith(
            "unknown kernel key 'resource_wlak'; did you mean 'resource_walk'?");
    assertThatThrownBy(() -> Kernels.named("6.1").with(Behaviour.RESOURCE_WALK, "w9"))
        .hasMessageStartingWith("unknown value for kernel.resource_walk 'w9'");
  }
}
