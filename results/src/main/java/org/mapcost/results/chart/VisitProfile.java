package org.mapcost.results.chart;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.iomem.Visits;
import org.mapcost.model.pat.Ram;
import org.mapcost.model.pat.RamTest;

/// How many nodes the look-up of one page visits, for every page of a tree's address range.
///
/// The count changes only where a node begins or ends, so one page of every piece between two such
/// places is asked and stands for all of it. A page that a boundary cuts is a piece of its own.
///
/// @param pieces from 1 MiB, below which nothing is walked, to the end of the tree, without a gap
/// @param asked the pieces that were asked, before equal neighbours were joined
/// @param exact whether every piece was asked; trees beyond [#MOST_VISITS] are asked at every nth
public record VisitProfile(List<Piece> pieces, int asked, boolean exact) {
  /// The first page that is walked (`ISA_END_ADDRESS`).
  static final long FIRST = 1L << 20;

  /// About how many visits a profile may take: some seconds.
  static final long MOST_VISITS = 1_000_000_000L;

  /// More pieces than this would be narrower than a pixel.
  private static final int MOST_PIECES = 20_000;

  private static final long PAGE = 4096;

  /// The behaviours that differ in the nodes they visit.
  public static final List<ResourceWalk> WALKS =
      List.of(ResourceWalk.W0, ResourceWalk.W1, ResourceWalk.W2);

  /// Addresses `[start, end)` whose pages all cost the same.
  ///
  /// @param visits nodes visited by one look-up, per behaviour of [#WALKS]
  public record Piece(long start, long end, Ram ram, Map<ResourceWalk, Long> visits) {
    public Piece {
      visits = Map.copyOf(visits);
    }

    /// Nodes visited under a behaviour; W3 visits those of W1.
    public long visits(ResourceWalk walk) {
      return Objects.requireNonNull(visits.get(walk == ResourceWalk.W3 ? ResourceWalk.W1 : walk));
    }

    boolean like(Piece other) {
      return ram == other.ram && visits.equals(other.visits);
    }
  }

  public VisitProfile {
    pieces = List.copyOf(pieces);
  }

  public static VisitProfile of(ResourceTree tree) {
    return of(tree, MOST_VISITS);
  }

  static VisitProfile of(ResourceTree tree, long mostVisits) {
    List<Long> starts = starts(tree);
    long perPiece = (long) WALKS.size() * Math.max(1, tree.size());
    long affordable = Math.clamp(mostVisits / perPiece, 2, MOST_PIECES);
    int stride = (int) Math.ceilDiv(starts.size() - 1, affordable);
    List<Piece> pieces = new ArrayList<>();
    int asked = 0;
    for (int i = 0; i < starts.size() - 1; i += stride) {
      long end = starts.get(Math.min(i + stride, starts.size() - 1));
      Piece piece = ask(tree, starts.get(i), end);
      asked++;
      if (!pieces.isEmpty() && pieces.getLast().like(piece)) {
        Piece before = pieces.removeLast();
        piece = new Piece(before.start, end, piece.ram, piece.visits);
      }
      pieces.add(piece);
    }
    return new VisitProfile(pieces, asked, stride == 1);
  }

  /// The page of an address, alone.
  public static Piece page(ResourceTree tree, long address) {
    long start = address / PAGE * PAGE;
    return ask(tree, start, start + PAGE);
  }

  public long start() {
    return pieces.getFirst().start;
  }

  public long end() {
    return pieces.getLast().end;
  }

  /// The most visits of any page.
  public long most() {
    return pieces.stream()
        .flatMap(each -> each.visits.values().stream())
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }

  /// Where pieces begin, and last where the tree ends.
  private static List<Long> starts(ResourceTree tree) {
    long end = tree.nodes().stream().mapToLong(Resource::end).max().orElse(0) / PAGE * PAGE + PAGE;
    TreeSet<Long> starts = new TreeSet<>();
    starts.add(FIRST);
    starts.add(Math.max(end, FIRST + PAGE));
    for (Resource node : tree.nodes()) {
      for (long boundary : new long[] {node.start(), node.end()}) {
        long page = boundary / PAGE * PAGE;
        starts.add(page);
        starts.add(page + PAGE);
      }
    }
    return List.copyOf(starts.tailSet(FIRST));
  }

  private static Piece ask(ResourceTree tree, long start, long end) {
    Map<ResourceWalk, Long> visits = new EnumMap<>(ResourceWalk.class);
    Ram ram = Ram.NO;
    for (ResourceWalk walk : WALKS) {
      Visits count = Visits.counting();
      ram = new RamTest(tree, walk).ask(start, start + PAGE, count, Meter.NONE);
      visits.put(walk, count.count());
    }
    return new Piece(start, end, ram, visits);
  }
}
