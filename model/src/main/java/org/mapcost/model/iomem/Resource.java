package org.mapcost.model.iomem;

import org.jspecify.annotations.Nullable;

/// One range of physical addresses: the kernel's `struct resource`, with the same links.
///
/// With compressed pointers an instance takes 64 bytes, as the kernel's structure does (eight
/// words), so a tree of these has the kernel's memory footprint.
///
/// Addresses are inclusive at both ends and below 2^63.
public final class Resource {
  /// `IORESOURCE_MEM`.
  public static final long MEM = 0x0000_0200L;

  /// `IORESOURCE_SYSRAM`: memory, and in the kernel's use.
  public static final long SYSRAM = 0x0100_0000L;

  /// `IORESOURCE_BUSY`: a driver has claimed the range.
  public static final long BUSY = 0x8000_0000L;

  /// `IORESOURCE_SYSTEM_RAM | IORESOURCE_BUSY`: what the RAM walk looks for.
  public static final long BUSY_SYSTEM_RAM = MEM | SYSRAM | BUSY;

  /// `IORESOURCE_MUXED`: claimed in turns; who comes second sleeps.
  public static final long MUXED = 0x0040_0000L;

  /// What a region takes over from the node above it (`IORESOURCE_TYPE_BITS`,
  /// `IORESOURCE_EXT_TYPE_BITS`).
  static final long KIND = 0x0000_1f00L | SYSRAM;

  /// The number of a node that is in no tree.
  private static final int UNLINKED = -2;

  long start;
  long end;
  long flags;

  /// Stands in for the kernel's descriptor word; the RAM walk asks for any.
  final long desc = 0;

  final String name;
  int number;

  @Nullable Resource parent;
  @Nullable Resource sibling;
  @Nullable Resource child;

  Resource(int number, long start, long end, long flags, String name) {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "a resource has 0 <= start <= end < 2^63: %x-%x".formatted(start, end));
    }
    this.number = number;
    this.start = start;
    this.end = end;
    this.flags = flags;
    this.name = name;
  }

  /// A node to be put into a tree.
  ///
  /// @param start the first address
  /// @param end the last address, not below `start`
  /// @param flags any of [#MEM], [#SYSRAM], [#BUSY], [#MUXED]
  public static Resource unlinked(long start, long end, long flags, String name) {
    return new Resource(UNLINKED, start, end, flags, name);
  }

  /// The flags that a line of `/proc/iomem` stands for. The file shows none; by the kernel's own
  /// naming, nodes called `System RAM` or `System RAM (...)` are busy system RAM, and all others
  /// are not.
  public static long flagsOf(String name) {
    return name.startsWith("System RAM") ? BUSY_SYSTEM_RAM : MEM;
  }

  /// The first address.
  public long start() {
    return start;
  }

  /// The last address, inclusive.
  public long end() {
    return end;
  }

  public String name() {
    return name;
  }

  /// The node's place in preorder, which is its line in `/proc/iomem`; 0 is the first.
  public int number() {
    return number;
  }

  public boolean isSystemRam() {
    return has(BUSY_SYSTEM_RAM);
  }

  boolean has(long wanted) {
    return (flags & wanted) == wanted;
  }

  /// Whether it has an address in `[first, last]`.
  boolean overlaps(long first, long last) {
    return start <= last && first <= end;
  }

  /// The number of nodes above this one; 0 at top level.
  public int depth() {
    int depth = 0;
    for (Resource up = parent; up != null && up.parent != null; up = up.parent) {
      depth++;
    }
    return depth;
  }

  /// The node above, empty for the root only.
  public @Nullable Resource parent() {
    return parent;
  }

  public @Nullable Resource sibling() {
    return sibling;
  }

  public @Nullable Resource child() {
    return child;
  }

  /// The next node in preorder: the child, else the next sibling of the nearest node upwards that
  /// has one (`next_resource`).
  @Nullable Resource next() {
    if (child != null) {
      return child;
    }
    Resource p = this;
    while (p.sibling == null && p.parent != null) {
      p = p.parent;
    }
    return p.sibling;
  }

  /// The line of `/proc/iomem` without its indentation.
  @Override
  public String toString() {
    return "%08x-%08x : %s".formatted(start, end, name);
  }
}
