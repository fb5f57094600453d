package org.mapcost.results.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.Pictures;
import org.mapcost.results.chart.WholeFile;

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

  /// Writes all files into a folder, over those of an earlier report and no others. The page comes
  /// last, so a page that is there is whole.
  ///
  /// @return the path of the page
  /// @throws org.mapcost.model.InputException where the folder cannot be written or this host
  ///   cannot draw
  public static Path write(ReportInput input, Path folder) {
    Page page = WalkReport.page(input);
    for (Figure figure : page.figures()) {
      Pictures.write(figure, folder.resolve(CHARTS));
    }
    WholeFile.write(folder.resolve(MARKDOWN), Markdown.of(page).getBytes(StandardCharsets.UTF_8));
    Path html = folder.resolve(HTML);
    WholeFile.write(html, Html.of(page).getBytes(StandardCharsets.UTF_8));
    return html;
  }
}
