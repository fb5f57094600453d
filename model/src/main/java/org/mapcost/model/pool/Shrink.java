package org.mapcost.model.pool;

import java.util.Arrays;
import java.util.Locale;
import org.mapcost.model.Nearest;

/// How far the shrinker of the TTM pool goes in one scan, and what it holds meanwhile; oldest
/// first.
///
/// A scan looks at one pool type after the other, round robin, until it has freed enough or nothing
/// is kept.
public enum Shrink {
  /// One chunk a scan; a mutex is held while it is changed back. The 33 types of the device stand
  /// in the list too, always empty. Read in 5.12.
  ALL_TYPES(false, 128, true, 33),
  /// One chunk a scan, under the mutex. Read in a 5.15 stable tree.
  ONE_CHUNK_LOCKED(false, 128, true, 0),
  /// One chunk a scan; only the list is locked (commit 450b2622bc). Read in a 6.6 stable tree and
  /// in 6.15.
  ONE_CHUNK(false, 128, false, 0),
  /// As many pages as the kernel asks for, 128 at a time, and none of them for a read of debugfs.
  /// In the stable kernels 5.15 to 6.16 of August 2025 and later; recorded in 6.1.
  TARGET(true, 128, false, 0),
  /// 352 pages at a time, for a read of debugfs too (`TTM_SHRINKER_BATCH`). From 6.17 on; recorded
  /// in 7.2.
  BATCH(true, 352, false, 0);

  /// `SHRINK_BATCH`: what the kernel asks for where a shrinker names no batch.
  private static final int DEFAULT_BATCH = 128;

  private final boolean target;
  private final int batch;
  private final boolean locked;
  private final int deviceTypes;

  Shrink(boolean target, int batch, boolean locked, int deviceTypes) {
    this.target = target;
    this.batch = batch;
    this.locked = locked;
    this.deviceTypes = deviceTypes;
  }

  /// Whether a scan goes on until it has freed what was asked for, and stops the kernel's asking
  /// when it freed nothing; otherwise any chunk is enough.
  boolean meetsTarget() {
    return target;
  }

  /// The pages that the kernel asks for at a time.
  int batch() {
    return batch;
  }

  /// The pages that a read of debugfs asks for.
  int debugfsTarget() {
    return batch == DEFAULT_BATCH ? 0 : batch;
  }

  /// Whether `shrinker_lock` is held until the chunk is released.
  boolean locked() {
    return locked;
  }

  /// How many types of the device are looked at in vain.
  int deviceTypes() {
    return deviceTypes;
  }

  /// `all-types`, `one-chunk-locked`, ...
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Shrink ofKey(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown(
                "pool shrinker", key, Arrays.stream(values()).map(Shrink::key).toList()));
  }
}
