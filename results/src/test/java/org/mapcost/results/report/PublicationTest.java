package org.mapcost.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapcost.model.InputException;

/// Guards that a publication stands alone, says on what it was measured, is in the index, and is
/// not replaced unasked.
class PublicationTest {
  @TempDir Path folder;

  @Test
  void aPublicationStandsAloneAndIsInTheIndex() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.writeString(run.resolve("jmh.json"), "[]");
    Path root = folder.resolve("published");
    Path made = publish(run, root, false);

    assertThat(made).isEqualTo(root.resolve("2026-11-23-example-shared-vm"));
    assertThat(made.resolve("README.md"))
        .content()
        .startsWith("# What the resource walk costs\n\n**Measured on a shared virtual machine.**")
        .contains("at git 0123456789ab", "scripts/mapcost bench --profile quick", "charts/")
        .doesNotContain(".png");
    assertThat(made.resolve("jmh.json")).hasContent("[]");
    String page = Files.readString(made.resolve("report.html"));
    assertThat(page).doesNotContain(".png").hasSizeLessThan(2_000_000);
    assertThat(made.resolve("charts")).isDirectoryContaining("glob:**/visits-by-address.svg");
    assertThat(root.resolve("README.md"))
        .content()
        .contains(
            "| 2026-11-23 | [What the resource walk"
                + " costs](2026-11-23-example-shared-vm/README.md) | Example CPU, shared virtual"
                + " machine |");

    assertThatThrownBy(() -> publish(run, root, false))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(made + ": is there already; replace it with --force");
    Files.writeString(made.resolve("README.md"), "old");
    publish(run, root, true);
    assertThat(made.resolve("README.md")).content().startsWith("# What");

    Path broken = Files.createDirectories(root.resolve("2026-01-01-broken"));
    Files.writeString(broken.resolve("published.json"), "{");
    assertThatThrownBy(() -> Publication.refreshIndex(root))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(broken.resolve("published.json") + ": is no card");
  }

  private static Path publish(Path run, Path root, boolean force) {
    ReportInput input = Fixture.input(Fixture.measurements(3));
    return Publication.publish(WalkReport.page(input), input, run, root, force);
  }
}
