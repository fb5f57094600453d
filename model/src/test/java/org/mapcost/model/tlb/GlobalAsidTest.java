package org.mapcost.model.tlb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Guards who gets a global ASID: a program on more than 3 CPUs, after about one flush in 32.
class GlobalAsidTest {
  @Test
  void moreThanThreeCpus() {
    assertThat(GlobalAsid.gives(3)).isFalse();
    assertThat(GlobalAsid.gives(4)).isTrue();
  }

  @Test
  void oneFlushIn32() {
    assertThat(LongStream.range(0, 3200).filter(tick -> GlobalAsid.looks(1234, tick))).hasSize(100);
    assertThat(GlobalAsid.looks(1234, 1234 + 64)).isTrue();
  }
}
