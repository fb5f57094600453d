package org.mapcost.results.report;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.mapcost.model.InputException;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.Pictures;
import org.mapcost.results.run.WholeFile;

/// Writes the report of a run.
///
/// | file | content |
/// |---|---|
/// | `report.html` | the page; opens from disk, needs no other file |
/// | `report.md` | the same in Markdown, without folded tables |
/// | `charts/NAME.svg`, `.png`, `-dark.png`, `.csv` | every chart and its numbers |
public final class Report {
  public static final String HTML = "report.html";
  public static final String MARKDOWN = "report.md";
  public static final String CHARTS = "charts";

  private Report() {}

  /// A report that was written.
  ///
  /// @param html where the page lies
  public record Written(Page page, Path html) {
    /// The sentences that answer the report's question.
    public List<String> answer() {
      return page.answer();
    }

    /// The table of kernels: nodes visited and the time that follows.
    public FigureData byKernel() {
      return page.sections().stream()
          .flatMap(section -> section.blocks().stream())
          .flatMap(block -> block instanceof Block.Grid grid ? Stream.of(grid.data()) : Stream.of())
          .findFirst()
          .orElseThrow();
    }

    /// The report in Markdown.
    public String markdown() {
      return Markdown.of(page);
    }
  }

  /// Writes all files into a folder, over those of an earlier report and no others. The page comes
  /// last, so a page that is there is whole.
  ///
  /// @throws org.mapcost.model.InputException where the folder cannot be written or this host
  ///   cannot draw
  public static Written write(ReportInput input, Path folder) {
    Page page = WalkReport.page(input);
    Path html = folder.resolve(HTML);
    try {
      String text = laidOut(page, figure -> Pictures.write(figure, folder.resolve(CHARTS)));
      write(folder.resolve(MARKDOWN), Markdown.of(page));
      write(html, text);
    } catch (UncheckedIOException e) {
      throw new InputException(
          folder + ": no report can be written here (" + e.getMessage() + ").", e);
    }
    return new Written(page, html);
  }

  /// Writes the page's figures and lays the page out, at the same time where there are processors
  /// for it.
  ///
  /// @param files writes one figure
  /// @return the page, not yet written
  static String laidOut(Page page, Consumer<Figure> files) {
    String[] html = new String[1];
    List<Runnable> parts = new ArrayList<>();
    parts.add(() -> html[0] = Html.of(page));
    page.figures().forEach(figure -> parts.add(() -> files.accept(figure)));
    parts.parallelStream().forEach(Runnable::run);
    return html[0];
  }

  private static void write(Path file, String text) {
    WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
