package org.mapcost.results.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mapcost.model.InputException;
import org.mapcost.results.chart.Pictures;
import org.mapcost.results.run.Environment;
import org.mapcost.results.run.WholeFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A report as a publication: a dated folder that stands alone, and an index of all such folders.
///
/// | file | content |
/// |---|---|
/// | `README.md` | what was measured, where, how to repeat it, and the report in Markdown |
/// | `report.html` | the page |
/// | `charts/NAME.svg`, `.csv` | every chart and its numbers |
/// | `published.json` | what the index says of it |
/// | `environment.json`, `manifest.json`, `jmh.json` | the run's own files, where it has them |
///
/// @param title what it is about
/// @param date of the measurements, `2026-11-24`
/// @param machine the processor that measured
/// @param shared whether that was a virtual machine, whose processors others share
/// @param answer its sentences
public record Publication(
    String schema, String title, String date, String machine, boolean shared, List<String> answer) {
  static final String SCHEMA = "mapcost/published/1";
  private static final String CARD = "published.json";
  private static final String README = "README.md";
  private static final List<String> RUN_FILES =
      List.of("environment.json", "manifest.json", "jmh.json");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Publication {
    answer = List.copyOf(answer);
  }

  /// Publishes the report of a run.
  ///
  /// @param written the report
  /// @param input what it was made of
  /// @param run the run's folder
  /// @param root where publications lie; the index is its `README.md`
  /// @param force whether a publication of the same name is replaced
  /// @return the publication's folder
  /// @throws InputException where it is there already, or cannot be written
  public static Path publish(Page written, ReportInput input, Path run, Path root, boolean force) {
    Page page = written.withVectorsOnly();
    Environment host = input.environment();
    Publication card =
        new Publication(
            SCHEMA,
            page.title(),
            host.time().substring(0, 10),
            host.cpuModel().orElse("unknown processor"),
            host.hypervisor() != null && host.hypervisor().flag(),
            page.answer());
    Path folder = root.resolve(card.name());
    if (Files.exists(folder) && !force) {
      throw new InputException(
          folder + ": is there already; replace it with --force, or publish another day's run.");
    }
    try {
      card.write(page, input, run, folder);
      refreshIndex(root);
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(folder + ": cannot be published (" + e.getMessage() + ").", e);
    }
    return folder;
  }

  /// `2026-11-24-intel-xeon-processor-shared-vm`.
  String name() {
    String slug =
        machine
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\((r|tm)\\)|cpu|@.*", " ")
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return date + "-" + slug + (shared ? "-shared-vm" : "");
  }

  private void write(Page page, ReportInput input, Path run, Path folder) throws IOException {
    Path charts = folder.resolve(Report.CHARTS);
    String html = Report.laidOut(page, figure -> Pictures.writeVector(figure, charts));
    for (String file : RUN_FILES) {
      if (Files.isRegularFile(run.resolve(file))) {
        byte[] bytes = Files.readAllBytes(run.resolve(file));
        WholeFile.write(folder.resolve(file), out -> out.write(bytes));
      }
    }
    text(folder.resolve(README), readme(page, input));
    text(
        folder.resolve(CARD),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    text(folder.resolve(Report.HTML), html);
  }

  private String readme(Page page, ReportInput input) {
    String label =
        shared
            ? "**Measured on a shared virtual machine.** Other guests share its processors, its"
                + " last cache and its memory: use ratios and medians, never single absolute"
                + " times. What the model says does not depend on it."
            : "Measured on a machine of its own.";
    String commands =
        input.commands().stream().collect(Collectors.joining("\n", "```\n", "\n```\n"));
    String report = Markdown.of(page, ".svg");
    int behindTitle = report.indexOf("\n\n") + 2;
    return report.substring(0, behindTitle)
        + """
        %s

        To get this again, in a checkout of mapcost at git %s:

        %s
        | file | content |
        | --- | --- |
        | [report.html](report.html) | the report as one page that needs no other file |
        | [charts](charts) | every chart as SVG, and its numbers as CSV |
        | environment.json, manifest.json, jmh.json | the host, the plan and JMH's own results |

        """
            .formatted(label, input.environment().mapcost().revision(), commands)
        + report.substring(behindTitle);
  }

  /// Writes the index of everything published anew.
  ///
  /// @throws InputException where the folder cannot be read or written
  public static void index(Path root) {
    try {
      refreshIndex(root);
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(root + ": no index can be written (" + e.getMessage() + ").", e);
    }
  }

  /// Writes the index anew from what lies below `root`, the newest first.
  static void refreshIndex(Path root) throws IOException {
    Map<String, Publication> cards = new LinkedHashMap<>();
    try (Stream<Path> folders = Files.list(root)) {
      for (Path folder : folders.sorted(Comparator.reverseOrder()).toList()) {
        Path card = folder.resolve(CARD);
        if (Files.isRegularFile(card)) {
          cards.put(String.valueOf(folder.getFileName()), read(card));
        }
      }
    }
    List<String> lines =
        new ArrayList<>(
            List.of(
                "# Published reports",
                "",
                "Each folder stands alone: its README says what was measured or modelled, where and"
                    + " how to repeat it.",
                "`mapcost report --publish` adds one of a run, `scripts/questions/publish q1` one"
                    + " of a question; both write this page.",
                "",
                "| date | what | where | answer |",
                "| --- | --- | --- | --- |"));
    cards.forEach((folder, card) ->
        lines.add(
            "| %s | [%s](%s/README.md) | %s | %s |"
                .formatted(
                    Markdown.escape(card.date),
                    Markdown.escape(card.title),
                    folder,
                    Markdown.escape(card.machine + (card.shared ? ", shared virtual machine" : "")),
                    Markdown.escape(card.answer.isEmpty() ? "" : card.answer.getFirst()))));
    text(root.resolve(README), String.join("\n", lines) + "\n");
  }

  private static Publication read(Path card) {
    try {
      return JSON.readValue(card, Publication.class);
    } catch (JacksonException e) {
      throw new InputException(
          card + ": is no card of a publication (" + e.getOriginalMessage() + ").", e);
    }
  }

  private static void text(Path file, String text) {
    WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
