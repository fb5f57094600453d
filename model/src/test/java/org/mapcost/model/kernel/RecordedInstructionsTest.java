package org.mapcost.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.TestResources;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.iomem.Visits;

/// Guards the instruction counts against the recordings they were taken from: each line is fitted
/// again, and no recorded search lies outside what the intervals allow.
class RecordedInstructionsTest {
  private static final List<String> ROWS =
      TestResources.text(RecordedInstructionsTest.class, "G-icount.csv")
          .lines()
          .filter(line -> line.startsWith("6.1,") || line.startsWith("7.2,"))
          .toList();

  /// One recorded call.
  private record Row(String kernel, String configuration, String what, String at, double length) {
    static Row of(String line) {
      String[] cells = line.split(",", -1);
      return new Row(cells[0], cells[1], cells[2], cells[3], Double.parseDouble(cells[4]));
    }
  }

  private static List<Row> rows(String kernel, String what) {
    return ROWS.stream()
        .map(Row::of)
        .filter(row -> row.kernel.equals(kernel) && row.what.equals(what))
        .toList();
  }

  /// A search as the model makes it: what it visits, where it climbs, whether it finds RAM.
  private record Search(int visited, int climbs, boolean found) {
    private static final Map<String, ResourceTree> TREES = new HashMap<>();

    private static ResourceTree tree(String name) {
      return ProcIomem.parse(name, TestResources.text(RecordedInstructionsTest.class, name)).tree();
    }

    static Search of(Row row) {
      String name = "iomem-" + row.kernel + "-" + row.configuration + ".txt";
      ResourceTree tree = TREES.computeIfAbsent(name, Search::tree);
      long start = Long.parseLong(row.at, 16);
      Visits visits = Visits.recording();
      Resource found =
          ResourceWalk.W3.find(
              tree, start, start + 4095, Resource.BUSY_SYSTEM_RAM, visits, Meter.NONE);
      int[] numbers = visits.numbers();
      int climbs = 0;
      for (int i = 1; i < numbers.length; i++) {
        climbs += Math.max(0, tree.node(numbers[i - 1]).depth() - tree.node(numbers[i]).depth());
      }
      Resource last = tree.node(numbers[numbers.length - 1]);
      boolean exhausted = found == null && last.start() <= start + 4095;
      return new Search(numbers.length, climbs + (exhausted ? last.depth() : 0), found != null);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "6.1, find_next_iomem_res", "6.1, pat_pagerange_is_ram", "6.1, lookup_memtype",
    "7.2, find_next_iomem_res", "7.2, pat_pagerange_is_ram", "7.2, lookup_memtype"
  })
  void theLinesOfTheSearch(String kernel, String function) {
    for (boolean ram : new boolean[] {true, false}) {
      List<double[]> points = new ArrayList<>();
      for (Row row : rows(kernel, function)) {
        Search search = Search.of(row);
        if (search.found == ram) {
          double count = ram ? search.visited - 1 : search.visited + search.climbs;
          points.add(new double[] {count, row.length});
        }
      }
      assertThat(points).hasSizeGreaterThan(100);
      checkFit(kernel, function + (ram ? ", RAM" : ", not RAM"), points);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wc_contig | set_pages_array_wc, 4K-mapped",
        "wb_contig | set_pages_array_wb",
        "ttm_alloc_wc | ttm_pool_alloc wc, pool hit",
        "ttm_free_wc | ttm_pool_free wc, into the pool",
        "ttm_alloc_cached | ttm_pool_alloc cached"
      })
  void theLinesOfCallsByPages(String what, String name) {
    for (String kernel : new String[] {"6.1", "7.2"}) {
      for (boolean few : new boolean[] {true, false}) {
        List<double[]> points = new ArrayList<>();
        for (Row row : rows(kernel, what)) {
          double pages = Double.parseDouble(row.at);
          if ((pages <= 33) == few) {
            points.add(new double[] {pages, row.length});
          }
        }
        assertThat(points).hasSizeGreaterThanOrEqualTo(3);
        checkFit(kernel, name + (few ? ", n <= 33" : ", n > 33"), points);
      }
    }
  }

  private static void checkFit(String kernel, String name, List<double[]> points) {
    Instructions.Fit fit =
        Instructions.of(kernel).fits().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    double n = points.size();
    double x = points.stream().mapToDouble(p -> p[0]).sum() / n;
    double y = points.stream().mapToDouble(p -> p[1]).sum() / n;
    double slope =
        points.stream().mapToDouble(p -> (p[0] - x) * (p[1] - y)).sum()
            / points.stream().mapToDouble(p -> (p[0] - x) * (p[0] - x)).sum();
    double constant = y - slope * x;
    double residual =
        points.stream()
            .mapToDouble(p -> Math.abs(p[1] - constant - slope * p[0]))
            .max()
            .orElseThrow();
    assertThat(fit.slope()).as("%s %s", kernel, name).isCloseTo(slope, within(0.001));
    assertThat(fit.constant()).as("%s %s", kernel, name).isCloseTo(constant, within(0.001));
    assertThat(fit.residual()).as("%s %s", kernel, name).isCloseTo(residual, within(0.001));
  }

  /// Constant and nodes within their intervals explain every recorded search and every test for
  /// RAM.
  @ParameterizedTest
  @ValueSource(strings = {"6.1", "7.2"})
  void everySearchIsWithinTheIntervals(String kernel) {
    Instructions counts = Instructions.of(kernel);
    for (Row row : rows(kernel, "find_next_iomem_res")) {
      check(counts, row, Operation.RESOURCE_WALK);
    }
    for (Row row : rows(kernel, "pat_pagerange_is_ram")) {
      check(counts, row, Operation.RESOURCE_WALK, Operation.PAT_LOOKUP);
    }
  }

  private static void check(Instructions counts, Row row, Operation... constants) {
    int visited = Search.of(row).visited;
    double low = visited * counts.count(Operation.RESOURCE_NODE_VISIT).interval().low();
    double high = visited * counts.count(Operation.RESOURCE_NODE_VISIT).interval().high();
    for (Operation each : constants) {
      low += counts.count(each).interval().low();
      high += counts.count(each).interval().high();
    }
    assertThat(row.length).as(row.toString()).isBetween(low, high);
  }
}
