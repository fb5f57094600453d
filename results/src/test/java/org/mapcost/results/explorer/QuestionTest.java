package org.mapcost.results.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.InputException;
import org.mapcost.model.units.Bytes;

/// Guards that whatever stands in the page's address is within bounds before a command sees it, and
/// that what is refused is told why.
class QuestionTest {
  @Test
  void whatTheAddressLacksIsTheUsual() {
    assertThat(Answers.line(Question.of("").compare()))
        .isEqualTo(
            "scripts/mapcost compare --machine skylake-sp-2s --set machine.cpus=72 --kernel 6.1"
                + " --iomem bundled:laptop-cometlake-igpu --buffer 4MiB --memory vram");
  }

  @Test
  void everyControlIsAWordOfTheCommandLine() {
    Question question =
        Question.of(
            "machine=epyc-milan&cpus=64&kernel=7.2&tree=synthetic%3A512&buffer=1028KiB&memory=ram"
                + "&pool=ttm-pool-7&strategies=ttm-fault,free");
    assertThat(Answers.line(question.compare()))
        .isEqualTo(
            "scripts/mapcost compare --machine epyc-milan --set machine.cpus=64 --kernel 7.2"
                + " --iomem synthetic:512 --buffer 1028KiB --memory ram --pool ttm-pool-7"
                + " --strategies ttm-fault,free");
  }

  /// What a command is given is the size that was asked for, whatever it is when rounded.
  @Test
  void sizesAreExact() {
    for (long kib = 4; kib <= 8192; kib += 4) {
      List<String> words = Question.of("buffer=" + kib + "KiB").compare();
      String size = words.get(words.indexOf("--buffer") + 1);
      assertThat(Bytes.parse(size).value()).as(size).isEqualTo(kib << 10);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          cpus=0                       | cpus is a whole number from 1 to 1024, not '0'.
          cpus=1025                    | cpus is a whole number from 1 to 1024, not '1025'.
          cpus=-1                      | cpus is a whole number from 1 to 1024, not '-1'.
          cpus=99999999999999999999    | cpus is a whole number from 1 to 1024
          machine=skylake-sp-2         | unknown machine 'skylake-sp-2'; did you mean 'skylake-sp-2s'?
          machine=/etc/passwd          | unknown machine '/etc/passwd'
          kernel=9.9                   | unknown kernel '9.9'
          tree=/proc/iomem             | unknown tree '/proc/iomem'
          tree=synthetic:31            | a synthetic tree's number of nodes is a whole number from 32 to 4096, not '31'.
          tree=synthetic:99999         | a synthetic tree's number of nodes is a whole number from 32 to 4096
          buffer=0                     | buffer is a whole number of pages from 4KiB to 64MiB
          buffer=128MiB                | such as 64KiB, not '128MiB'.
          buffer=5000                  | buffer is a whole number of pages
          buffer=much                  | buffer is a whole number of pages
          memory=disk                  | unknown memory 'disk'
          memory=ram&buffer=32MiB      | a buffer of RAM is up to 16MiB here, not 32MiB
          pool=deep                    | unknown pool 'deep'
          strategies=ttm-fault,        | unknown strategy ''
          strategies=ttm               | unknown strategy 'ttm'
          tree=synthetic:4096&buffer=64MiB | 4096 nodes times 16384 pages are too many look-ups here
          cpus=1&cpus=2                | cpus is given twice.
          cpu=1                        | unknown parameter 'cpu'; did you mean 'cpus'?
          machine=%zz                  | the address is not well percent-encoded.
          """)
  void whatIsOutOfBoundsIsRefusedWithTheBounds(String query, String reason) {
    assertThatThrownBy(() -> Question.of(query))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aLongWordIsNotGivenBackWhole() {
    assertThatThrownBy(() -> Question.of("machine=" + "x".repeat(1000)))
        .message()
        .hasSizeLessThan(1000);
  }
}
