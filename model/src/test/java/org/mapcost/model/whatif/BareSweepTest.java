package org.mapcost.model.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.whatif.Sweep.Point;

/// Guards that rows of large files are the points of the sweep, whoever asks for them and with
/// which neighbours.
class BareSweepTest {
  private static final double SAME = 1e-8;

  private record Answer(CacheMode mode, List<Double> numbers) {}

  /// What is answered for points from one on, by strategy and point; refused ones are absent.
  private static Map<String, Answer> answers(Sweep sweep, long from, int count) {
    Map<String, Answer> answers = new TreeMap<>();
    new BareSweep(sweep)
        .points(
            from,
            count,
            new BareSweep.Taker() {
              @Override
              public void cost(
                  long index, Strategy strategy, CacheMode mode, double[] all, int at) {
                List<Double> numbers =
                    Arrays.stream(all, at, at + BareSweep.NUMBERS).boxed().toList();
                answers.put(index + " " + strategy.name(), new Answer(mode, numbers));
              }

              @Override
              public void refused(long index, Strategy strategy, String reason) {
                assertThat(reason).isNotBlank();
              }
            });
    return answers;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "buffer=4KiB..80MiB:16KiB; 16",
        "buffer=68MiB..128MiB:12KiB; 6",
        "platform.reserved=0..5000:10; 6",
        "platform.pci_devices=0..3; buffer=2MiB..34MiB:4KiB; 6",
        "machine.cpus=1,8; platform.reserved=0..450:1; 6",
        "buffer=1MiB,3MiB; platform.pci_devices=0..450:1; 6",
        "machine.cpus=1..9:1; platform.reserved=0..20:1; 6"
      })
  void rowsAreThePointsOfTheSweep(String args) {
    List<String> words = new ArrayList<>(Arrays.asList(args.split(" *; *")));
    int looked = Integer.parseInt(words.removeLast());
    List<Range> ranges =
        words.stream()
            .map(word -> word.split("="))
            .map(word -> Range.parse(Key.named(word[0]), word[1]))
            .toList();
    Setup setup =
        Setup.of(
            Machines.named("client-igpu"),
            Kernels.named("6.1"),
            BundledTree.LAPTOP_COMETLAKE_IGPU.tree(),
            16_384);
    Sweep sweep =
        new Sweep(
            setup,
            ranges,
            List.of(
                Strategies.named("ttm-fault"),
                Strategies.named("remap-pfn-range"),
                Strategies.named("vm-insert-page")),
            new Costs(Set.of()));
    SplittableRandom random = new SplittableRandom(args.hashCode());
    for (int i = 0; i < looked; i++) {
      long index = i == 0 ? 0 : random.nextLong(sweep.size());
      Point point = sweep.point(index);
      Map<String, Answer> alone = answers(sweep, index, 1);
      int before = (int) Math.min(index, 3);
      Map<String, Answer> among =
          answers(sweep, index - before, (int) Math.min(sweep.size() - index, 130) + before);
      for (Strategy strategy : sweep.strategies()) {
        String key = index + " " + strategy.name();
        Answer answer = alone.get(key);
        assertThat(answer != null).isEqualTo(point.cost(strategy).isPresent());
        assertThat(among.get(key)).as(key + ", neighbours").isEqualTo(answer);
        if (answer != null) {
          Outcome.Cost cost = point.cost(strategy).orElseThrow();
          assertThat(answer.mode).isEqualTo(cost.mode());
          List<Double> numbers = answer.numbers;
          close(key, numbers, 0, cost.first().caller());
          close(key, numbers, 3, cost.first().stolen());
          close(key, numbers, 6, cost.later().caller());
          close(key, numbers, 9, cost.load().caller());
        }
      }
    }
  }

  private static void close(String what, List<Double> numbers, int at, Interval expected) {
    double[] ends = {expected.low(), expected.best(), expected.high()};
    for (int i = 0; i < 3; i++) {
      assertThat(numbers.get(at + i))
          .as("%s, bill %d, end %d", what, at / 3, i)
          .isCloseTo(ends[i], within(SAME * ends[i]));
    }
  }
}
