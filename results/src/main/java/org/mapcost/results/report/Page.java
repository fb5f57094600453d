package org.mapcost.results.report;

import java.util.List;
import java.util.stream.Stream;
import org.mapcost.results.chart.Figure;

/// A whole report, before it is laid out.
///
/// @param title its name
/// @param vectorsOnly whether charts come as SVG and CSV alone, to keep a publication small
/// @param facts what was measured when, where and by what, one line each
public record Page(String title, List<String> facts, List<Section> sections, boolean vectorsOnly) {
  /// A heading and what stands below it.
  ///
  /// @param id its anchor in the page
  public record Section(String id, String heading, List<Block> blocks) {
    public Section {
      blocks = List.copyOf(blocks);
    }
  }

  /// A page whose charts come in every form.
  public Page(String title, List<String> facts, List<Section> sections) {
    this(title, facts, sections, false);
  }

  public Page {
    facts = List.copyOf(facts);
    sections = List.copyOf(sections);
  }

  /// The same page, whose charts come as SVG and CSV alone.
  Page withVectorsOnly() {
    return new Page(title, facts, sections, true);
  }

  /// The sentences that answer the page's question.
  public List<String> answer() {
    return sections.stream()
        .flatMap(section -> section.blocks.stream())
        .flatMap(block ->
            block instanceof Block.Answer answer ? answer.sentences().stream() : Stream.of())
        .toList();
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
