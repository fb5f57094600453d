package org.mapcost.model.pageattr;

import java.util.Arrays;
import org.mapcost.model.Nearest;

/// How a kernel flushes after an attribute change.
public enum CpaFlush {
  /// Up to 4.19 (`cpa_flush_range`, `cpa_flush_array`): every CPU drops its whole TLB, whatever the
  /// number of pages; an array of 1024 pages or more makes every CPU write back and empty its
  /// caches as well, everything else is flushed line by line.
  PRE_4_20_ARRAY_WBINVD("pre-4.20-array-wbinvd"),
  /// The same in kernels built with `CONFIG_PREEMPT`, from about 4.11 on: caches always line by
  /// line.
  PRE_4_20_PREEMPT("pre-4.20-preempt"),
  /// From 4.20 (`cpa_flush`): up to 33 pages one by one, else the whole TLB; caches always line by
  /// line.
  SINCE_4_20("since-4.20");

  /// The pages of an array from which kernels up to 4.19 empty the caches: 4 MiB.
  static final long WBINVD_THRESHOLD = 1024;

  private final String key;

  CpaFlush(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }

  /// Whether every CPU drops its whole TLB whatever the number of pages: before 4.20.
  boolean isFullAlways() {
    return this != SINCE_4_20;
  }

  public static CpaFlush ofKey(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key.equals(key))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown(
                "flush of an attribute change",
                key,
                Arrays.stream(values()).map(CpaFlush::key).toList()));
  }
}
