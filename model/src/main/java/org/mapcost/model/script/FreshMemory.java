package org.mapcost.model.script;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.mapcost.model.InputException;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.units.Pages;

/// Blocks of 2 MiB of a machine's RAM that nobody has touched yet: the direct map still maps each
/// with one large page, or with part of a larger one.
///
/// They are taken from the last System RAM node upwards, then from those before it; none from the
/// first 16 MiB.
final class FreshMemory {
  /// The pages of a block.
  static final int BLOCK = 512;

  private static final long DMA_ZONE = 4096;

  private final List<Piece> pieces = new ArrayList<>();
  private final String name;

  /// Blocks that follow each other.
  private static final class Piece {
    long next;
    final long end;

    Piece(long first, long end) {
      this.next = first;
      this.end = end;
    }
  }

  FreshMemory(ResourceTree tree) {
    this.name = tree.name();
    for (Resource node : tree.nodes()) {
      if (node.isSystemRam()) {
        long first = Math.max(DMA_ZONE, node.start() / Pages.PAGE_SIZE + BLOCK - 1) & -BLOCK;
        long end = (node.end() + 1) / Pages.PAGE_SIZE & -BLOCK;
        if (first < end) {
          pieces.addFirst(new Piece(first, end));
        }
      }
    }
    if (pieces.isEmpty()) {
      throw new InputException(
          name + " has no System RAM of 2 MiB above the first 16 MiB; give another --iomem.");
    }
  }

  /// The page frame behind all RAM: so far the direct map reaches.
  long end() {
    return pieces.stream().mapToLong(piece -> piece.end).max().orElseThrow();
  }

  /// The first page frame of `blocks` blocks that follow each other.
  OptionalLong contiguous(long blocks) {
    for (Piece piece : pieces) {
      if (piece.end - piece.next >= blocks * BLOCK) {
        long first = piece.next;
        piece.next += blocks * BLOCK;
        return OptionalLong.of(first);
      }
    }
    return OptionalLong.empty();
  }

  /// The first page frame of each of `blocks` blocks, wherever they are. Fewer when RAM ends.
  LongStream anywhere(long blocks) {
    LongStream.Builder firsts = LongStream.builder();
    for (long i = 0; i < blocks; i++) {
      contiguous(1).ifPresent(firsts::add);
    }
    return firsts.build();
  }

  String name() {
    return name;
  }
}
