package org.mapcost.results.report;

import java.util.List;
import org.mapcost.results.chart.Figure;

/// A whole report, before it is laid out.
///
/// @param title its name
/// @param facts what was measured when, where and by what, one line each
public record Page(String title, List<String> facts, List<Section> sections) {
  /// A heading and what stands below it.
  ///
  /// @param id its anchor in the page
  public record Section(String id, String heading, List<Block> blocks) {
    public Section {
      blocks = List.copyOf(blocks);
    }
  }

  public Page {
    facts = List.copyOf(facts);
    sections = List.copyOf(sections);
  }

  /// Every figure, in order.
  public List<Figure> figures() {
    return sections.stream()
        .flatMap(section -> section.blocks.stream())
        .filter(Block.Picture.class::isInstance)
        .map(block -> ((Block.Picture) block).figure())
        .toList();
  }
}
