package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which machine's tree and which kernel a command works with.
final class PlatformOptions extends KernelOptions {
  @Option(
      names = "--iomem",
      paramLabel = "FILE",
      description =
          "The text of a machine's /proc/iomem, read as root, or bundled:NAME for a machine that"
              + " comes with mapcost, or synthetic:NODES for a tree of any size. Default: this"
              + " host's own.")
  @Nullable String iomem;

  PlatformTree tree(PrintWriter warnings) {
    return PlatformTree.of(Optional.ofNullable(iomem), warnings);
  }
}
