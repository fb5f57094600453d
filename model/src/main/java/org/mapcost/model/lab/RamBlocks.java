package org.mapcost.model.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.mapcost.model.InputException;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;

/// Hands out blocks of 2 MiB of a guest's RAM, none twice: where a recording does not say where its
/// pages lay, any place with the same mapping will do.
final class RamBlocks {
  /// Pages of a block.
  static final long PAGES = 512;

  /// ZONE_DMA, which buffers never get.
  private static final long FIRST_BLOCK = (16 << 20) / (4096 * PAGES);

  private final String file;
  private final List<Resource> ram;
  private long next = FIRST_BLOCK;

  RamBlocks(String file, ResourceTree tree) {
    this.file = file;
    this.ram = new ArrayList<>(tree.nodes().stream().filter(Resource::isSystemRam).toList());
  }

  /// The page frames of blocks that follow each other.
  LongStream take(long blocks) {
    if (blocks == 0) {
      return LongStream.empty();
    }
    while (!ram.isEmpty()) {
      long start = Math.max(next, ceilBlock(ram.getFirst().start()));
      if (start + blocks <= (ram.getFirst().end() + 1) / 4096 / PAGES) {
        next = start + blocks;
        return LongStream.range(start * PAGES, next * PAGES);
      }
      ram.removeFirst();
    }
    throw new InputException(
        file + ": asks for more memory than its iomem has; the file is damaged.");
  }

  private static long ceilBlock(long address) {
    return (address + 4096 * PAGES - 1) / 4096 / PAGES;
  }
}
