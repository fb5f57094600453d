package org.mapcost.model.pool;

/// The chunks of one pool, each known by its first page frame: a list with two ends that allocates
/// nothing once it has its size.
final class ChunkList {
  private long[] ring = new long[16];
  private int first;
  private int size;

  int size() {
    return size;
  }

  void addFirst(long chunk) {
    grow();
    first = (first - 1) & (ring.length - 1);
    ring[first] = chunk;
    size++;
  }

  void addLast(long chunk) {
    grow();
    ring[(first + size++) & (ring.length - 1)] = chunk;
  }

  long removeFirst() {
    long chunk = ring[first];
    first = (first + 1) & (ring.length - 1);
    size--;
    return chunk;
  }

  long removeLast() {
    return ring[(first + --size) & (ring.length - 1)];
  }

  private void grow() {
    if (size == ring.length) {
      long[] larger = new long[2 * ring.length];
      int tail = ring.length - first;
      System.arraycopy(ring, first, larger, 0, tail);
      System.arraycopy(ring, 0, larger, tail, first);
      ring = larger;
      first = 0;
    }
  }
}
