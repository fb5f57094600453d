package org.mapcost.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mapcost.results.stats.Precision;

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

  /// To end at the first narrow interval would leave 78 % of bimodal noise.
  @ParameterizedTest
  @EnumSource
  void endingByPrecisionCostsLittleOfTheCoverage(Noise noise) {
    NoiseStudy.Sequential study =
        new NoiseStudy(500, 20210224).coverage(noise, new Precision(0.05), 20);
    assertThat(study.coverage()).isBetween(0.87, 0.98);
    assertThat(study.forks()).isBetween((double) Precision.FEWEST, 20.0);
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
