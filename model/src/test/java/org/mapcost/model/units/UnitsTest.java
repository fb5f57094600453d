package org.mapcost.model.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.InputException;

/// Guards how quantities are written and printed, and that a missing or wrong unit is told, not
/// guessed.
class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "4096, 4096",
    "4KiB, 4096",
    "64MiB, 67108864",
    "1.5GiB, 1610612736",
    "8 kB, 8000",
    "2M, 2097152",
    "1_000, 1000"
  })
  void bytes(String text, long value) {
    assertThat(Bytes.parse(text).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0B",
    "100, 100B",
    "4096, 4KiB",
    "1610612736, 1.50GiB",
    "67108864, 64MiB",
    "4097, 4.00KiB"
  })
  void bytesPrint(long value, String text) {
    assertThat(new Bytes(value)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({"1024pages, 1024", "1 page, 1", "64MiB, 16384", "4096, 1", "0pages, 0"})
  void pages(String text, long value) {
    assertThat(Pages.parse(text).value()).isEqualTo(value);
    assertThat(Pages.parse(text).bytes().value()).isEqualTo(value * 4096);
  }

  @ParameterizedTest
  @CsvSource({
    "0xfd000000, 4244635648",
    "fd000000, 4244635648",
    "0XFF, 255",
    "0x1_0000, 65536",
    "0, 0"
  })
  void addresses(String text, long value) {
    assertThat(PhysicalAddress.parse(text).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"80ns, 80", "1.5us, 1500", "2 ms, 2000000", "1s, 1e9", "300ps, 0.3"})
  void times(String text, double value) {
    assertThat(Nanoseconds.parse(text).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "1.3, 1.30 ns",
    "80, 80.0 ns",
    "1500, 1.50 us",
    "33000, 33.0 us",
    "1409e6, 1.41 s",
    "0, 0 ns"
  })
  void timesPrint(double value, String text) {
    assertThat(new Nanoseconds(value)).hasToString(text);
  }

  @Test
  void cyclesAtAClock() {
    assertThat(new Cycles(210).at(Hertz.parse("2.1GHz")).value()).isEqualTo(100);
    assertThat(Hertz.parse("3600 MHz")).hasToString("3.60 GHz");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MiB", "-4", "1.5", "0.3B", "12XB", "9999999TiB"})
  void noSize(String text) {
    assertThatThrownBy(() -> Bytes.parse(text))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("'" + text + "' is no size");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0x", "xyz", "-1", "+1", "8000000000000000", "10000000000000000"})
  void noAddress(String text) {
    assertThatThrownBy(() -> PhysicalAddress.parse(text))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "'"
                + text
                + "' is no physical address: write hexadecimal below 2^63, such as 0xfd000000.");
  }

  @Test
  void messagesSayWhatIsWrong() {
    assertThatThrownBy(() -> Nanoseconds.parse("80"))
        .hasMessage("'80' is no time: the unit is missing. Units: ms, ns, ps, s, us, µs.");
    assertThatThrownBy(() -> Hertz.parse("2.1Ghz"))
        .hasMessage("'2.1Ghz' is no clock rate: unknown unit 'Ghz'. Units: GHz, Hz, MHz, kHz.");
    assertThatThrownBy(() -> Pages.parse("5000"))
        .hasMessage("'5000' is not a whole number of 4 KiB pages; the next size that is: 8KiB.");
    assertThatThrownBy(() -> Pages.parse("xpages"))
        .hasMessage("'xpages' is no number of pages: write, for example, 1024pages.");
  }

  @Test
  void valuesOutOfRange() {
    assertThatThrownBy(() -> new Bytes(-1)).hasMessage("a size is zero or more bytes, not -1");
    assertThatThrownBy(() -> new Hertz(0)).hasMessage("a clock rate is above zero, not 0.0");
    assertThatThrownBy(() -> new Nanoseconds(Double.NaN))
        .hasMessage("a time is a number of nanoseconds, not NaN");
  }
}
