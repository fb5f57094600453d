package org.mapcost.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Guards that the statistics keep their word under every kind of noise; `mapcost stats-check`
/// prints the whole table. The margins allow for a thousand pairs' own chance.
class NoiseStudyTest {
  private static final NoiseStudy STUDY = new NoiseStudy(1_000, 20210224);

  @ParameterizedTest
  @EnumSource
  void intervalsOfFiveForksContainTheTruth(Noise noise) {
    assertThat(STUDY.coverage(noise, 5, 1.1)).isBetween(0.93, 0.97);
  }

  @ParameterizedTest
  @EnumSource
  void intervalsOfTenForksContainTheTruth(Noise noise) {
    assertThat(STUDY.coverage(noise, 10, 1.1)).isBetween(0.93, 0.97);
  }

  @ParameterizedTest
  @EnumSource
  void unchangedCodePassesAGateOfManyRows(Noise noise) {
    NoiseStudy fewer = new NoiseStudy(300, 1);
    assertThat(fewer.regressions(noise, 5, 1, 10, 0, 0.05)).isLessThanOrEqualTo(0.05);
  }

  @ParameterizedTest
  @EnumSource
  void moreForksSeeMore(Noise noise) {
    NoiseStudy fewer = new NoiseStudy(300, 1);
    assertThat(fewer.slower(noise, 20, 1.1)).isGreaterThan(fewer.slower(noise, 5, 1.1));
  }
}
