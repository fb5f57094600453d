package org.mapcost.model.iomem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;

/// Guards that whatever reads the tree takes its lock once, charges what it did while it holds it,
/// and drops it: the simulation makes CPUs queue by these calls alone.
class ResourceLockTest {
  private static final ResourceTree TREE =
      new ResourceTree.Builder("locked")
          .add(0, 0x1000, 0x1fff, "Reserved")
          .add(0, 0x4000, 0x7fff, "PCI Bus 0000:00")
          .add(1, 0x5000, 0x5fff, "System RAM")
          .add(0, 0xa000, 0xafff, "System RAM")
          .build();

  /// What a meter hears, in order.
  private static final class Tape implements Meter {
    private final List<String> heard = new ArrayList<>();

    @Override
    public void add(Event event, long count) {
      heard.add(event.key() + " " + count);
    }

    @Override
    public void enter(Lock lock) {
      heard.add("enter " + lock.key());
    }

    @Override
    public void leave(Lock lock) {
      heard.add("leave " + lock.key());
    }
  }

  private static void assertOneWalk(Tape tape, Visits visits) {
    assertThat(tape.heard)
        .containsExactly(
            "enter resource_lock",
            "resource_walk 1",
            "resource_node_visit " + visits.count(),
            "leave resource_lock");
  }

  @ParameterizedTest
  @EnumSource(ResourceWalk.class)
  void aWalkReadsUnderTheLock(ResourceWalk behaviour) {
    Tape tape = new Tape();
    Visits visits = Visits.counting();
    behaviour.find(TREE, 0x5000, 0x5fff, Resource.BUSY_SYSTEM_RAM, visits, tape);
    assertThat(visits.count()).isBetween(2L, 3L);
    assertOneWalk(tape, visits);
  }

  @ParameterizedTest
  @EnumSource(ResourceWalk.class)
  void theQuestionOfIoremapToo(ResourceWalk behaviour) {
    Tape tape = new Tape();
    Visits visits = Visits.counting();
    behaviour.findMemory(TREE, 0x5000, 0x5fff, Resource.BUSY_SYSTEM_RAM, visits, tape);
    assertOneWalk(tape, visits);
  }

  /// Charges of an earlier walk stay out of a later one, though both count in the same visits.
  @ParameterizedTest
  @EnumSource(ResourceWalk.class)
  void visitsOfEarlierWalksAreNotChargedAgain(ResourceWalk behaviour) {
    Visits visits = Visits.counting();
    for (int i = 0; i < 2; i++) {
      long before = visits.count();
      Tape tape = new Tape();
      behaviour.findMemory(TREE, 0xb000, 0xbfff, Resource.BUSY_SYSTEM_RAM, visits, tape);
      assertThat(tape.heard).contains("resource_node_visit " + (visits.count() - before));
    }
  }

  @ParameterizedTest
  @EnumSource(RegionIntersects.class)
  void theTestOfARegionTakesTheLockOnceAndChargesNoWalk(RegionIntersects behaviour) {
    Tape tape = new Tape();
    behaviour.ask(TREE, 0x4000, 0x4000, Resource.BUSY_SYSTEM_RAM, Visits.counting(), tape);
    assertThat(tape.heard).containsExactly("enter resource_lock", "leave resource_lock");
  }
}
