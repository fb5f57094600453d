package org.mapcost.benchmarks.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mapcost.benchmarks.linux.Mapping.Access;
import org.mapcost.benchmarks.linux.Mapping.Pages;

/// Guards that a mapping is memory of its own that does what its calls say, and that a call that
/// fails says which and why.
class MappingTest {
  @Test
  void pagesAreZeroUntilWrittenAndAgainWhenDropped() {
    try (Mapping mapping = Mapping.anonymous(8 * Mapping.PAGE, Pages.SMALL)) {
      assertThat(mapping.memory().byteSize()).isEqualTo(32768);
      assertThat(mapping.memory().address() % Mapping.HUGE).isZero();
      assertThat(mapping.read(8)).isZero();
      mapping.populate(8);
      mapping.write(8);
      assertThat(mapping.memory().get(ValueLayout.JAVA_BYTE, 7 * Mapping.PAGE)).isEqualTo((byte) 1);
      mapping.drop(4);
      assertThat(mapping.memory().get(ValueLayout.JAVA_BYTE, 3 * Mapping.PAGE)).isZero();
      assertThat(mapping.memory().get(ValueLayout.JAVA_BYTE, 4 * Mapping.PAGE)).isEqualTo((byte) 1);
    }
  }

  @Test
  void pagesComeBackAfterProtectingAndAfterUnmapping() {
    try (Mapping mapping = Mapping.anonymous(4 * Mapping.PAGE, Pages.SMALL)) {
      mapping.write(4);
      mapping.protect(4, Access.NONE);
      mapping.protect(4, Access.READ_WRITE);
      assertThat(mapping.memory().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 1);
      mapping.unmap(2);
      mapping.mapAgain(2);
      assertThat(mapping.memory().get(ValueLayout.JAVA_BYTE, 0)).isZero();
      assertThat(mapping.memory().get(ValueLayout.JAVA_BYTE, 2 * Mapping.PAGE)).isEqualTo((byte) 1);
    }
  }

  @Test
  void twoMappingsOfOneMemoryFileShareItsPages() {
    try (Descriptor file = Descriptor.memory("test", 2 * Mapping.PAGE);
        Mapping one = Mapping.of(file, 0, 2 * Mapping.PAGE);
        Mapping other = Mapping.of(file, Mapping.PAGE, Mapping.PAGE)) {
      one.write(2);
      assertThat(other.memory().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 1);
    }
  }

  @Test
  void touchesAndChangesAreBounded() {
    try (Mapping mapping = Mapping.anonymous(Mapping.PAGE, Pages.SMALL)) {
      assertThatThrownBy(() -> mapping.write(2)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> mapping.protect(2, Access.READ))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("2 pages of a mapping of 4096 bytes");
      assertThatThrownBy(() -> mapping.drop(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }
    assertThatThrownBy(() -> Mapping.anonymous(100, Pages.SMALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("100 bytes are no whole pages");
  }

  @Test
  void whatFailsSaysWhichCallAndWhy() {
    assertThatThrownBy(() -> Descriptor.open(Path.of("/no/such/device")))
        .isInstanceOf(SystemCallException.class)
        .hasMessage("open of /no/such/device: ENOENT (there is no such thing)");
    Descriptor closed = Descriptor.memory("closed", Mapping.PAGE);
    closed.close();
    assertThatThrownBy(() -> Mapping.of(closed, 0, Mapping.PAGE))
        .isInstanceOfSatisfying(
            SystemCallException.class, e -> assertThat(e.errnoName()).isEqualTo("EBADF"))
        .hasMessage("mmap of 4096 bytes: EBADF (no such descriptor)");
    assertThat(new SystemCallException("x", 12345)).hasMessage("x: errno 12345");
  }
}
