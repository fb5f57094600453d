package org.mapcost.benchmarks.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mapcost.benchmarks.linux.Descriptor;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What does it cost to map a PCI device's memory and read a word of each page?
///
/// Notes.
/// * Danger: reading a device's registers may do things. Only a BAR that is prefetchable is
///   touched, for reads of it have no side effects by the PCI specification, and it is never
///   written.
/// * Danger: `resourceN` is uncached, `resourceN_wc` write-combining; a page that was not reserved
///   is uncached whatever was asked.
/// * Rests on: `/sys/bus/pci/devices/*/resource` gives start, end and flags of each BAR, where
///   `IORESOURCE_MEM` is 0x200 and `IORESOURCE_PREFETCH` 0x2000; `mmap` of `resourceN` maps all at
///   once (`pci_mmap_resource_range`), so that touching takes no fault.
/// * What saves it: without such a BAR, or without root, it skips with the reason.
@State(Scope.Thread)
public class PciBarBenchmark extends DeviceProbe {
  private static final Path DEVICES = Path.of("/sys/bus/pci/devices");
  private static final long MEMORY = 0x200;
  private static final long PREFETCHABLE = 0x2000;

  /// Whether the write-combining file is taken.
  @Param({"true", "false"})
  public boolean combining;

  /// One BAR.
  ///
  /// @param file what can be mapped
  /// @param bytes its size
  record Bar(Path file, long bytes) {}

  @Override
  protected boolean mayWrite() {
    return false;
  }

  @Override
  protected Buffer allocate(long bytes) {
    List<Bar> bars = prefetchable(DEVICES, combining);
    Bar bar =
        bars.stream()
            .filter(each -> each.bytes >= bytes)
            .findFirst()
            .orElseThrow(() ->
                new NotHere(
                    "no PCI device here has a prefetchable BAR of "
                        + bytes
                        + " bytes; reading others may have side effects"));
    Descriptor file = Descriptor.open(bar.file);
    return new Buffer(file, 0, file::close);
  }

  static List<Bar> prefetchable(Path devices, boolean combining) {
    List<Bar> bars = new ArrayList<>();
    try (DirectoryStream<Path> each = Files.newDirectoryStream(devices)) {
      for (Path device : each) {
        List<String> lines =
            Files.readAllLines(device.resolve("resource"), StandardCharsets.ISO_8859_1);
        for (int bar = 0; bar < Math.min(6, lines.size()); bar++) {
          String[] words = lines.get(bar).split(" ");
          Path file = device.resolve("resource" + bar + (combining ? "_wc" : ""));
          if (words.length == 3 && Files.exists(file)) {
            long start = Long.decode(words[0]);
            long flags = Long.decode(words[2]);
            if ((flags & MEMORY) != 0 && (flags & PREFETCHABLE) != 0) {
              bars.add(new Bar(file, Long.decode(words[1]) - start + 1));
            }
          }
        }
      }
    } catch (IOException | NumberFormatException e) {
      return bars;
    }
    return bars;
  }
}
