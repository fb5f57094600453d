package org.mapcost.results.report;

import java.util.List;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;

/// A part of a report. The page and the Markdown summary are made of the same blocks, so they
/// cannot disagree.
public sealed interface Block {
  /// A picture as a part of a report.
  static Block of(org.mapcost.results.figure.Picture picture) {
    return new Picture(picture.figure(), picture.meaning());
  }

  /// A paragraph.
  record Text(String text) implements Block {}

  /// The sentences that answer the question.
  record Answer(List<String> sentences) implements Block {
    public Answer {
      sentences = List.copyOf(sentences);
    }
  }

  /// A list of sentences.
  record Bullets(List<String> items) implements Block {
    public Bullets {
      items = List.copyOf(items);
    }
  }

  /// A table.
  ///
  /// @param folded whether the page shows it only on request; the Markdown then leaves it out
  record Grid(String caption, FigureData data, boolean folded) implements Block {}

  /// A chart, what it means, and its numbers.
  record Picture(Figure figure, String meaning) implements Block {}

  /// Lines for a terminal.
  record Commands(List<String> lines) implements Block {
    public Commands {
      lines = List.copyOf(lines);
    }
  }
}
