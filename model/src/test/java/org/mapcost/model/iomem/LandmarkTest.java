package org.mapcost.model.iomem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Guards what counts as a telling place, at the borders: 1 MiB, a range's last byte, two BARs of
/// one size.
class LandmarkTest {
  private static final ResourceTree TREE =
      new ResourceTree.Builder("landmarks")
          .add(0, 0x1000, 0x9ffff, "System RAM")
          .add(0, 0xc0000, 0xcffff, "0000:00:02.0")
          .add(0, 0x100000, 0x100000, "0000:00:01.0")
          .add(0, 0x102000, 0x1fffff, "System RAM")
          .add(0, 0x200000, 0x3fffff, "PCI Bus 0000:00")
          .add(1, 0x200000, 0x2fffff, "0000:00:03.0")
          .add(1, 0x300000, 0x3fffff, "0000:00:04.0")
          .build();

  @Test
  void placesInAddressOrder() {
    assertThat(Landmark.of(TREE).stream().map(each -> each.name() + " " + each.address()))
        .containsExactly(
            "first RAM page above 1 MiB 0x102000",
            "last RAM page 0x1ff000",
            "largest PCI BAR: 0000:00:03.0 0x200000",
            "highest PCI BAR: 0000:00:04.0 0x300000");
  }

  @Test
  void ramThatBeginsBelowOneMebibyteIsCutThere() {
    ResourceTree across =
        new ResourceTree.Builder("across").add(0, 0x80000, 0x17ffff, "System RAM").build();
    assertThat(Landmark.of(across).getFirst().address()).hasToString("0x100000");
    ResourceTree oneByte =
        new ResourceTree.Builder("byte").add(0, 0x80000, 0x100000, "System RAM").build();
    assertThat(Landmark.of(oneByte)).hasSize(2);
    ResourceTree below =
        new ResourceTree.Builder("below").add(0, 0x80000, 0xfffff, "System RAM").build();
    assertThat(Landmark.of(below)).isEmpty();
  }

  @Test
  void rangesOfPciFunctionsFromOneMebibyteOnAreBars() {
    assertThat(Landmark.bars(TREE))
        .extracting(Resource::start)
        .containsExactly(0x100000L, 0x200000L, 0x300000L);
    assertThat(Landmark.largestBar(TREE))
        .get()
        .extracting(Resource::name)
        .as("of two equals the first")
        .isEqualTo("0000:00:03.0");
  }

  @Test
  void theDeepestNodeNamesAnAddress() {
    assertThat(Landmark.at(TREE, 0x300000)).isEqualTo("0000:00:04.0");
    assertThat(Landmark.at(TREE, 0x3fffff)).isEqualTo("0000:00:04.0");
    assertThat(Landmark.at(TREE, 0x400000)).isEqualTo("hole");
    assertThat(Landmark.at(TREE, 0x100000)).isEqualTo("0000:00:01.0");
    assertThat(Landmark.at(TREE, 0xfff)).isEqualTo("hole");
  }

  /// The names that are told from others without a regular expression are those that one tells.
  @Test
  void functionsAreToldByTheirNames() {
    Pattern function = Pattern.compile("[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]\\b.*");
    for (String name :
        List.of(
            "0000:3b:00.0",
            "10000:e1:00.7 extra",
            "0000:3b:00.0-part",
            "0000:3b:00.01",
            "0000:3b:00.0_x",
            "0000:3b:00.8",
            "0000:3b:00.",
            "0000:3b:000.0",
            "000:3b:00.0",
            "0000:3B:00.0",
            "0000:3b:0",
            "PCI Bus 0000:00",
            "System RAM",
            "")) {
      assertThat(Landmark.isPciFunction(name)).as(name).isEqualTo(function.matcher(name).matches());
    }
  }
}
