package org.mapcost.benchmarks.mechanism;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.mapcost.model.InputException;
import org.mapcost.model.iomem.ResourceTree;

/// Resource trees of any size that look like those of x86 machines.
///
/// From below: the first MiB, RAM up to 2 GiB, the configuration space, PCI windows with bridges
/// and devices, the interrupt controllers, RAM from 4 GiB on, and PCI windows again. Firmware
/// ranges split the RAM; each adds two nodes at top level, itself and the RAM behind it. In trees
/// of real x86 machines with 130 to 290 nodes about a quarter of the nodes are at top level, and
/// the fullest window holds some dozens. These shares are kept at every size, so a large tree
/// stands for a machine with more of everything.
///
/// The same size gives the same tree.
public final class SyntheticTree {
  /// `synthetic-`, before the number of nodes.
  public static final String PREFIX = "synthetic-";

  public static final int MIN_NODES = 32;

  /// Above it the addresses would outgrow the 52 bits of x86-64.
  public static final int MAX_NODES = 10_000_000;

  private static final int MOST_WITH_LARGE_BARS = 100_000;
  private static final long SEED = 0x10_3E3;
  private static final long PAGE = 1L << 12;
  private static final long MIB = 1L << 20;
  private static final long LOW_WINDOWS = 0x9000_0000L;
  private static final long FOUR_GIB = 1L << 32;

  /// The nodes of every tree, whatever its size: see [#build].
  private static final int FIXED_NODES = 15;

  /// The share of the nodes that come with firmware ranges: two for each range.
  private static final double SPLIT_SHARE = 0.24;

  private static final int MOST_LOW_SPLITS = 16;
  private static final int MOST_LOW_WINDOW_NODES = 256;
  private static final int MOST_WINDOW_NODES = 64;

  private static final String[] FIRMWARE = {
    "Reserved",
    "Reserved",
    "Reserved",
    "ACPI Tables",
    "ACPI Non-volatile Storage",
    "Unknown E820 type"
  };
  private static final String[] DEVICES =
      IntStream.range(0, 256).mapToObj("0000:%02x:00.0"::formatted).toArray(String[]::new);
  private static final String[] BUSES =
      IntStream.range(0, 256).mapToObj("PCI Bus 0000:%02x"::formatted).toArray(String[]::new);
  private static final String[] DRIVERS = {"nvme", "xhci-hcd", "ahci", "ICH HD audio", "mlx5_core"};

  private final ResourceTree.Builder tree;
  private final RandomGenerator random;
  private final int size;

  private SyntheticTree(int size) {
    this.size = size;
    this.tree = new ResourceTree.Builder(PREFIX + size);
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED + size);
  }

  /// The tree called `synthetic-N`. Throws [InputException] when N is no number of nodes from
  /// [#MIN_NODES] to [#MAX_NODES].
  public static ResourceTree ofName(String name) {
    try {
      return ofSize(Integer.parseInt(name.substring(PREFIX.length())));
    } catch (NumberFormatException e) {
      throw new InputException(
          "'" + name + "' is no synthetic tree: write, for example, synthetic-1000.", e);
    }
  }

  /// A tree of so many nodes, the root not counted.
  public static ResourceTree ofSize(int nodes) {
    if (nodes < MIN_NODES || nodes > MAX_NODES) {
      throw new InputException(
          "a synthetic tree has %d to %d nodes, not %d.".formatted(MIN_NODES, MAX_NODES, nodes));
    }
    return new SyntheticTree(nodes).build();
  }

  private ResourceTree build() {
    int splits = (int) (size * SPLIT_SHARE / 2);
    int lowSplits = Math.min(splits / 2, MOST_LOW_SPLITS);
    int inWindows = size - FIXED_NODES - 2 * splits;
    int inLowWindows = Math.min(inWindows / 2, MOST_LOW_WINDOW_NODES);

    firstMib();
    ram(MIB, 48 * MIB, lowSplits, true);
    tree.add(0, 0x8000_0000L, 0x8FFF_FFFFL, "Reserved");
    tree.add(1, 0x8000_0000L, 0x8FFF_FFFFL, "PCI MMCONFIG 0000 [bus 00-ff]");
    windows(LOW_WINDOWS, MIB, inLowWindows);
    tree.add(0, 0xFEC0_0000L, 0xFEC0_03FFL, "IOAPIC 0");
    tree.add(0, 0xFEE0_0000L, 0xFEE0_0FFFL, "Local APIC");
    long end = ram(FOUR_GIB, 1024 * MIB, splits - lowSplits, false);
    windows(end, slot(size), inWindows - inLowWindows);
    return tree.build();
  }

  /// What a node of the high windows stands on: enough for a BAR of VRAM, unless there are so many
  /// that their addresses would grow too large.
  private static long slot(int size) {
    return size <= MOST_WITH_LARGE_BARS ? 256 * MIB : 16 * MIB;
  }

  private void firstMib() {
    tree.add(0, 0x0, 0xFFF, "Reserved");
    tree.add(0, 0x1000, 0x9_FFFF, "System RAM");
    tree.add(0, 0xA_0000, 0xF_FFFF, "Reserved");
    tree.add(1, 0xA_0000, 0xB_FFFF, "PCI Bus 0000:00");
    tree.add(1, 0xF_0000, 0xF_FFFF, "System ROM");
  }

  /// RAM in pieces of up to `largest` bytes with a firmware range after each but the last; the
  /// kernel's image lies in the first. Returns the address behind it.
  private long ram(long from, long largest, int splits, boolean kernel) {
    long at = from;
    for (int i = 0; i <= splits; i++) {
      long pieceEnd = at + largest / 2 + random.nextLong(largest / 2 / PAGE) * PAGE;
      tree.add(0, at, pieceEnd - 1, "System RAM");
      if (i == 0 && kernel) {
        kernelImage(at + MIB);
      }
      at = pieceEnd;
      if (i < splits) {
        long firmwareEnd = at + (1 + random.nextLong(512)) * PAGE;
        tree.add(0, at, firmwareEnd - 1, FIRMWARE[random.nextInt(FIRMWARE.length)]);
        at = firmwareEnd;
      }
    }
    return at;
  }

  private void kernelImage(long at) {
    tree.add(1, at, at + 4 * MIB - 1, "Kernel code");
    tree.add(1, at + 4 * MIB, at + 6 * MIB - 1, "Kernel rodata");
    tree.add(1, at + 6 * MIB, at + 8 * MIB - 1, "Kernel data");
    tree.add(1, at + 8 * MIB, at + 9 * MIB - 1, "Kernel bss");
  }

  /// PCI windows with so many nodes together. A node stands on `slot` bytes of its own, so a node
  /// with everything below it takes as many slots as it has nodes.
  private void windows(long from, long slot, int nodes) {
    long at = from;
    int left = nodes;
    for (int bus = 0; left > 0; bus++) {
      int take = Math.min(left, MOST_WINDOW_NODES / 4 + random.nextInt(MOST_WINDOW_NODES * 3 / 4));
      tree.add(0, at, at + take * slot - 1, bus(bus * 0x10));
      below(1, at, slot, take - 1);
      at += take * slot;
      left -= take;
    }
  }

  /// Bridges and devices at a depth: a bridge has devices below it, a device its driver or nothing.
  private void below(int depth, long from, long slot, int nodes) {
    long at = from;
    int left = nodes;
    while (left > 0) {
      boolean bridge = depth < 3 && random.nextInt(3) == 0;
      int take = Math.min(left, bridge ? 3 + random.nextInt(6) : 1 + random.nextInt(2));
      if (take > 2) {
        tree.add(depth, at, at + take * slot - 1, bus(random.nextInt(256)));
        below(depth + 1, at, slot, take - 1);
      } else {
        device(depth, at, slot, take == 2);
      }
      at += take * slot;
      left -= take;
    }
  }

  /// A region of a power of two of bytes, whole or partly claimed by a driver.
  private void device(int depth, long at, long slot, boolean driver) {
    long bytes = slot >> random.nextInt(8);
    tree.add(depth, at, at + bytes - 1, DEVICES[random.nextInt(DEVICES.length)]);
    if (driver) {
      tree.add(depth + 1, at, at + bytes - 1, DRIVERS[random.nextInt(DRIVERS.length)]);
    }
  }

  private static String bus(int number) {
    return BUSES[number % BUSES.length];
  }
}
