package org.mapcost.model.iomem;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.mapcost.model.Nearest;

/// The resource trees of real machines that come with mapcost, for hosts that do not show their
/// own. Each file names its origin in comment lines.
public enum BundledTree {
  /// A laptop with integrated graphics.
  LAPTOP_COMETLAKE_IGPU("laptop with Comet Lake graphics"),
  /// A server of two Skylake-SP sockets.
  XEON_WOLFPASS_2S("two-socket Skylake-SP server"),
  /// A server with one first-generation EPYC of four dies.
  EPYC_7351P_4DIES("one-socket EPYC 7351P server");

  private final String description;

  BundledTree(String description) {
    this.description = description;
  }

  /// The name on the command line: `laptop-cometlake-igpu`.
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String description() {
    return description;
  }

  public static BundledTree ofKey(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown(
                "bundled tree", key, Arrays.stream(values()).map(BundledTree::key).toList()));
  }

  /// Reads the tree.
  public ResourceTree tree() {
    String resource = "trees/" + key() + ".txt";
    try (InputStream in = BundledTree.class.getResourceAsStream(resource)) {
      String text =
          new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
      return ProcIomem.parse(key(), text).tree();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
