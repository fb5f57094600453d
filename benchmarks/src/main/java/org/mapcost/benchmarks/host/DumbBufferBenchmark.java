package org.mapcost.benchmarks.host;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mapcost.benchmarks.linux.Descriptor;
import org.mapcost.benchmarks.linux.SystemCallException;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What does it cost to map and touch a dumb buffer of a GPU driver?
///
/// The buffer comes from `DRM_IOCTL_MODE_CREATE_DUMB` of the first `/dev/dri/card*` that grants it:
/// every driver with a display has it, and its `mmap` goes the driver's own way (TTM, shmem or DMA
/// memory).
///
/// Notes.
/// * Danger: a driver decides for itself where the buffer lies and in which cache mode it is
///   mapped; the figure holds for that driver.
/// * Danger: memory of a device is limited; a buffer that is not given back stays until the
///   descriptor is closed.
/// * Rests on: the layout of `struct drm_mode_create_dumb`, `drm_mode_map_dumb` and
///   `drm_mode_destroy_dumb` (`include/uapi/drm/drm_mode.h`, unchanged since 3.0).
/// * What saves it: the descriptor is closed with the probe, and whatever the ioctls refuse becomes
///   a reason to skip, with its errno.
@State(Scope.Thread)
public class DumbBufferBenchmark extends DeviceProbe {
  private static final Path CARDS = Path.of("/dev/dri");
  private static final long CREATE_DUMB = 0xC02064B2L;
  private static final long MAP_DUMB = 0xC01064B3L;
  private static final long DESTROY_DUMB = 0xC00464B4L;
  private static final int PIXELS_A_ROW = 1024;
  private static final int BITS = 32;

  @Override
  protected Buffer allocate(long bytes) {
    List<String> reasons = new ArrayList<>();
    for (Path card : cards()) {
      try {
        return dumb(Descriptor.open(card), bytes);
      } catch (SystemCallException e) {
        reasons.add(String.valueOf(e.getMessage()));
      }
    }
    throw new NotHere(
        reasons.isEmpty()
            ? "there is no /dev/dri/card*: no GPU driver"
            : String.join("; ", reasons));
  }

  private static List<Path> cards() {
    List<Path> cards = new ArrayList<>();
    try (DirectoryStream<Path> nodes = Files.newDirectoryStream(CARDS, "card*")) {
      nodes.forEach(cards::add);
    } catch (IOException e) {
      return List.of();
    }
    cards.sort(null);
    return cards;
  }

  private static Buffer dumb(Descriptor card, long bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment create = arena.allocate(32, Long.BYTES);
      int rowBytes = PIXELS_A_ROW * BITS / Byte.SIZE;
      create.set(JAVA_INT, 0, (int) ((bytes + rowBytes - 1) / rowBytes));
      create.set(JAVA_INT, 4, PIXELS_A_ROW);
      create.set(JAVA_INT, 8, BITS);
      card.ioctl("DRM_IOCTL_MODE_CREATE_DUMB", CREATE_DUMB, create);
      int handle = create.get(JAVA_INT, 16);
      MemorySegment map = arena.allocate(16, Long.BYTES);
      map.set(JAVA_INT, 0, handle);
      card.ioctl("DRM_IOCTL_MODE_MAP_DUMB", MAP_DUMB, map);
      return new Buffer(card, map.get(JAVA_LONG, 8), () -> destroy(card, handle));
    } catch (SystemCallException e) {
      card.close();
      throw e;
    }
  }

  private static void destroy(Descriptor card, int handle) {
    try (card;
        Arena arena = Arena.ofConfined()) {
      MemorySegment destroy = arena.allocate(4, Integer.BYTES);
      destroy.set(JAVA_INT, 0, handle);
      card.ioctl("DRM_IOCTL_MODE_DESTROY_DUMB", DESTROY_DUMB, destroy);
    }
  }
}
