package org.mapcost.model.pat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.pat.MemtypeTree.Erased;

/// Guards the answers of the memtype tree: they are those of a plain list in order of start, where
/// of equal starts the later entry comes later; and the tree stays balanced.
class MemtypeTreeTest {
  private final MemtypeTree tree = new MemtypeTree();

  @Test
  void anEmptyTreeKnowsNothing() {
    assertThat(tree.lookup(0)).isNull();
    assertThat(tree.entries()).isEmpty();
    assertThat(tree.height()).isZero();
    assertThat(tree.erase(0, 4096, MemtypeErase.EXACT_OR_SHRINK)).isEqualTo(Erased.NOTHING);
    assertThat(tree.checkConflict(0, 4096, CacheMode.WC, false)).isEqualTo(CacheMode.WC);
  }

  @Test
  void lookupTakesTheLeftmostEntryThatTouchesThePage() {
    tree.insert(0x10000, 0x20000, CacheMode.WC);
    tree.insert(0x10800, 0x10900, CacheMode.UC_MINUS);
    assertThat(tree.lookup(0xf000)).isNull();
    assertThat(tree.lookup(0x10000)).isEqualTo(CacheMode.WC);
    assertThat(tree.lookup(0x1f000)).isEqualTo(CacheMode.WC);
    assertThat(tree.lookup(0x20000)).isNull();
    // An entry smaller than a page counts for the whole page.
    tree.insert(0x30800, 0x30900, CacheMode.UC);
    assertThat(tree.lookup(0x30000)).isEqualTo(CacheMode.UC);
  }

  @Test
  void identicalRangesAreEntriesOfTheirOwn() {
    for (int i = 0; i < 3; i++) {
      assertThat(tree.checkInsert(0x1000, 0x2000, CacheMode.WC, true)).isEqualTo(CacheMode.WC);
    }
    assertThat(tree.size()).isEqualTo(3);
    assertThat(tree.erase(0x1000, 0x2000, MemtypeErase.EXACT)).isEqualTo(Erased.REMOVED);
    assertThat(tree.size()).isEqualTo(2);
    assertThat(tree.lookup(0x1000)).isEqualTo(CacheMode.WC);
  }

  @Test
  void ofEqualStartsTheLaterComesLater() {
    tree.insert(0xf0000000L, 0xf8000000L, CacheMode.UC_MINUS);
    tree.insert(0xf0000000L, 0xf0001000L, CacheMode.UC_MINUS);
    tree.insert(0xf0000000L, 0xf4000000L, CacheMode.UC_MINUS);
    assertThat(tree.entries())
        .extracting(Memtype::end)
        .containsExactly(0xf8000000L, 0xf0001000L, 0xf4000000L);
  }

  @Test
  void aNewEntryInheritsTheTypeOfTheFirstOverlap() {
    tree.insert(0x1000, 0x3000, CacheMode.UC_MINUS);
    assertThat(tree.checkInsert(0x2000, 0x5000, CacheMode.WC, true)).isEqualTo(CacheMode.UC_MINUS);
    assertThat(tree.lookup(0x4000)).isEqualTo(CacheMode.UC_MINUS);
  }

  @Test
  void withoutAdoptingTheFirstOverlapMustHaveTheType() {
    tree.insert(0x1000, 0x3000, CacheMode.UC_MINUS);
    assertThat(tree.checkInsert(0x2000, 0x5000, CacheMode.WC, false)).isNull();
    assertThat(tree.checkInsert(0x2000, 0x5000, CacheMode.UC_MINUS, false))
        .isEqualTo(CacheMode.UC_MINUS);
    assertThat(tree.size()).isEqualTo(2);
  }

  @Test
  void overlapsOfTwoTypesRefuseEveryRequest() {
    tree.insert(0x1000, 0x2000, CacheMode.WC);
    tree.insert(0x3000, 0x4000, CacheMode.UC_MINUS);
    assertThat(tree.checkInsert(0x1000, 0x4000, CacheMode.WC, true)).isNull();
    assertThat(tree.checkInsert(0x1000, 0x4000, CacheMode.UC_MINUS, true)).isNull();
    assertThat(tree.checkInsert(0x2000, 0x3000, CacheMode.WB, true)).isEqualTo(CacheMode.WB);
  }

  @Test
  void eraseTakesTheExactRangeBeforeItShrinksALongerOne() {
    tree.insert(0x1000, 0x8000, CacheMode.WC);
    tree.insert(0x6000, 0x8000, CacheMode.WC);
    assertThat(tree.erase(0x6000, 0x8000, MemtypeErase.EXACT_OR_SHRINK)).isEqualTo(Erased.REMOVED);
    assertThat(tree.entries()).containsExactly(new Memtype(0x1000, 0x8000, CacheMode.WC));
    assertThat(tree.erase(0x6000, 0x8000, MemtypeErase.EXACT)).isEqualTo(Erased.NOTHING);
    assertThat(tree.erase(0x6000, 0x8000, MemtypeErase.EXACT_OR_SHRINK)).isEqualTo(Erased.SHRUNK);
    assertThat(tree.entries()).containsExactly(new Memtype(0x1000, 0x6000, CacheMode.WC));
  }

  @ParameterizedTest
  @EnumSource
  void aHoleInTheMiddleOrACutAtTheFrontIsNotSupported(MemtypeErase rule) {
    tree.insert(0x1000, 0x8000, CacheMode.WC);
    assertThat(tree.erase(0x1000, 0x2000, rule)).isEqualTo(Erased.NOTHING);
    assertThat(tree.erase(0x3000, 0x4000, rule)).isEqualTo(Erased.NOTHING);
    assertThat(tree.entries()).containsExactly(new Memtype(0x1000, 0x8000, CacheMode.WC));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void thousandsOfOperationsAnswerLikeAList(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    // Few pages make many overlaps and equal ranges, many pages a large tree.
    int pages = seed % 2 == 0 ? 24 : 2_000;
    MemtypeErase rule = seed % 4 < 2 ? MemtypeErase.EXACT_OR_SHRINK : MemtypeErase.EXACT;
    OrderedList list = new OrderedList();
    for (int i = 0; i < 4_000; i++) {
      long start = 512L * random.nextInt(8 * pages);
      long end = start + 512L * (1 + random.nextInt(random.nextInt(1, 64)));
      CacheMode type = CacheMode.values()[random.nextInt(3)];
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          boolean adopt = random.nextBoolean();
          assertThat(tree.checkConflict(start, end, type, adopt))
              .isEqualTo(list.checkConflict(start, end, type, adopt));
          assertThat(tree.checkInsert(start, end, type, adopt))
              .isEqualTo(list.checkInsert(start, end, type, adopt));
        }
        case 2 -> {
          tree.insert(start, end, type);
          list.insert(new Memtype(start, end, type));
        }
        case 3 -> {
          if (!list.entries.isEmpty() && random.nextInt(4) > 0) {
            Memtype some = list.entries.get(random.nextInt(list.entries.size()));
            end = some.end();
            start = random.nextBoolean() ? some.start() : Math.min(end - 512, some.start() + 512);
          }
          assertThat(tree.erase(start, end, rule)).isEqualTo(list.erase(start, end, rule));
        }
        default -> {
          long page = start & -4096;
          assertThat(tree.lookup(page)).isEqualTo(list.lookup(page));
        }
      }
      if (i % 50 == 0) {
        assertThat(tree.entries()).isEqualTo(list.entries);
        assertBalanced();
      }
    }
    assertThat(tree.entries()).isEqualTo(list.entries);
    assertThat(tree.size()).isEqualTo(list.entries.size());
  }

  @Test
  void aTreeOfAHundredThousandStaysLowWhateverTheOrder() {
    for (int i = 0; i < 100_000; i++) {
      tree.insert(4096L * i, 4096L * (i + 1), CacheMode.WC);
    }
    assertBalanced();
    for (int i = 0; i < 100_000; i += 2) {
      assertThat(tree.erase(4096L * i, 4096L * (i + 1), MemtypeErase.EXACT))
          .isEqualTo(Erased.REMOVED);
    }
    assertBalanced();
    assertThat(tree.size()).isEqualTo(50_000);
    assertThat(tree.lookup(4096L * 501)).isEqualTo(CacheMode.WC);
    assertThat(tree.lookup(4096L * 500)).isNull();
  }

  /// An AVL tree is at most 1.44 times as high as the lowest tree of its size.
  private void assertBalanced() {
    double limit = 1.4405 * (Math.log(tree.size() + 2.0) / Math.log(2));
    assertThat((double) tree.height()).isLessThanOrEqualTo(limit);
  }

  /// The same rules without a tree.
  private static final class OrderedList {
    final List<Memtype> entries = new ArrayList<>();

    void insert(Memtype added) {
      int at = 0;
      while (at < entries.size() && entries.get(at).start() <= added.start()) {
        at++;
      }
      entries.add(at, added);
    }

    @Nullable CacheMode lookup(long page) {
      return entries.stream()
          .filter(each -> each.start() < page + 4096 && page < each.end())
          .map(Memtype::type)
          .findFirst()
          .orElse(null);
    }

    @Nullable CacheMode checkConflict(long start, long end, CacheMode request, boolean adopt) {
      List<CacheMode> overlapping =
          entries.stream()
              .filter(each -> each.start() < end && start < each.end())
              .map(Memtype::type)
              .toList();
      if (overlapping.isEmpty()) {
        return request;
      }
      CacheMode first = overlapping.getFirst();
      boolean refused = first != request && !adopt;
      return refused || overlapping.stream().anyMatch(type -> type != first) ? null : first;
    }

    @Nullable CacheMode checkInsert(long start, long end, CacheMode request, boolean adopt) {
      CacheMode type = checkConflict(start, end, request, adopt);
      if (type != null) {
        insert(new Memtype(start, end, type));
      }
      return type;
    }

    Erased erase(long start, long end, MemtypeErase rule) {
      for (Memtype each : entries) {
        if (each.start() == start && each.end() == end) {
          removeSame(each);
          return Erased.REMOVED;
        }
      }
      for (Memtype each : entries) {
        if (rule == MemtypeErase.EXACT_OR_SHRINK && each.start() < start && each.end() == end) {
          removeSame(each);
          insert(new Memtype(each.start(), start, each.type()));
          return Erased.SHRUNK;
        }
      }
      return Erased.NOTHING;
    }

    private void removeSame(Memtype gone) {
      for (int i = 0; i < entries.size(); i++) {
        if (isSame(entries.get(i), gone)) {
          entries.remove(i);
          return;
        }
      }
    }

    @SuppressWarnings("ReferenceEquality") // equal entries are different reservations
    private static boolean isSame(Memtype a, Memtype b) {
      return a == b;
    }
  }
}
