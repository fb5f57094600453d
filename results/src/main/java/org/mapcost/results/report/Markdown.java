package org.mapcost.results.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mapcost.results.chart.FigureData;

/// Writes a report as Markdown: the same blocks as the page, with links to the pictures, and
/// without folded tables.
final class Markdown {
  private Markdown() {}

  static String of(Page page) {
    return of(page, ".png");
  }

  /// @param pictures the ending of the pictures' files
  static String of(Page page, String pictures) {
    StringBuilder text = new StringBuilder("# " + escape(page.title()) + "\n\n");
    text.append(bullets(page.facts()));
    for (Page.Section section : page.sections()) {
      text.append("\n## ").append(escape(section.heading())).append('\n');
      for (Block block : section.blocks()) {
        text.append(block(block, pictures));
      }
    }
    return text.toString();
  }

  private static String block(Block block, String pictures) {
    return switch (block) {
      case Block.Text(String text) -> "\n" + escape(text) + "\n";
      case Block.Answer(List<String> sentences) ->
          "\n**" + escape(String.join(" ", sentences)) + "**\n";
      case Block.Bullets(List<String> items) -> "\n" + bullets(items);
      case Block.Commands(List<String> lines) -> "\n```\n" + String.join("\n", lines) + "\n```\n";
      case Block.Grid grid when grid.folded() -> "";
      case Block.Grid grid -> "\n" + escape(grid.caption()) + "\n\n" + table(grid.data());
      case Block.Picture picture ->
          "\n![%s](charts/%s%s)\n\n%s ([SVG](charts/%s.svg), [numbers](charts/%s.csv))\n"
              .formatted(
                  escape(picture.figure().title()),
                  picture.figure().name(),
                  pictures,
                  escape(picture.meaning()),
                  picture.figure().name(),
                  picture.figure().name());
    };
  }

  private static String bullets(List<String> items) {
    return items.stream().map(item -> "- " + escape(item) + "\n").collect(Collectors.joining());
  }

  private static String table(FigureData data) {
    StringBuilder text = new StringBuilder(row(data.names()));
    text.append(
        IntStream.range(0, data.columns().size())
            .mapToObj(column -> data.numeric(column) ? "--:" : "---")
            .collect(Collectors.joining(" | ", "| ", " |\n")));
    data.rows().forEach(each -> text.append(row(each)));
    return text.toString();
  }

  private static String row(List<String> cells) {
    return cells.stream().map(Markdown::escape).collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /// What Markdown or the HTML inside it would take for its own.
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replaceAll("([\\\\`*_|])", "\\\\$1")
        .replaceAll("\\R", " ");
  }
}
