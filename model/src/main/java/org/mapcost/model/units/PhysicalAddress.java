package org.mapcost.model.units;

import org.mapcost.model.InputException;

/// A physical address in bytes. x86-64 has at most 52 address bits, so the value is never negative.
public record PhysicalAddress(long value) implements Comparable<PhysicalAddress> {
  /// log2 of the page size; a page is 4096 bytes (`PAGE_SHIFT`).
  public static final int PAGE_SHIFT = 12;

  public PhysicalAddress {
    if (value < 0) {
      throw new IllegalArgumentException(
          "a physical address is below 2^63, not 0x" + Long.toHexString(value));
    }
  }

  /// Reads hexadecimal digits, with or without `0x`.
  public static PhysicalAddress parse(String text) {
    String digits = text.strip();
    if (digits.startsWith("0x") || digits.startsWith("0X")) {
      digits = digits.substring(2);
    }
    digits = digits.replace("_", "");
    try {
      if (!digits.isEmpty() && Character.digit(digits.charAt(0), 16) >= 0) {
        return new PhysicalAddress(Long.parseLong(digits, 16));
      }
    } catch (NumberFormatException e) {
      // Falls through to the message below, which says more than the number parser does.
    }
    throw new InputException(
        "'" + text + "' is no physical address: write hexadecimal below 2^63, such as 0xfd000000.");
  }

  /// The page frame number that holds this address.
  public long pfn() {
    return value >>> PAGE_SHIFT;
  }

  @Override
  public int compareTo(PhysicalAddress other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return "0x" + Long.toHexString(value);
  }
}
