package org.mapcost.results.figure;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.mapcost.results.chart.AgainstPlot;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.IntervalPlot;
import org.mapcost.results.chart.IntervalPlot.Form;
import org.mapcost.results.chart.Scale;
import org.mapcost.results.chart.SeriesStyle;
import org.mapcost.results.chart.Tone;
import org.mapcost.results.published.Outcome;
import org.mapcost.results.published.Outcome.Verdict;
import org.mapcost.results.published.Validation;

/// Published measurements beside what the model says of them.
public final class PredictedAgainstMeasured {
  private static final double FACTOR = 2;

  private static final Map<Verdict, SeriesStyle> STYLES =
      new EnumMap<>(
          Map.of(
              Verdict.INSIDE, new SeriesStyle(Tone.BLUE, 0, 0),
              Verdict.OUTSIDE, new SeriesStyle(Tone.VERMILLION, 0, 2),
              Verdict.TOO_WIDE, new SeriesStyle(Tone.NEUTRAL, 0, 1)));

  private PredictedAgainstMeasured() {}

  /// The chart of all rows, each in its own unit.
  public static Picture of(Validation validation) {
    List<IntervalPlot.Series> series = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      List<IntervalPlot.Point> points =
          validation.outcomes().stream()
              .filter(each -> each.verdict() == verdict)
              .map(PredictedAgainstMeasured::point)
              .toList();
      if (!points.isEmpty()) {
        series.add(
            new IntervalPlot.Series(
                "published value " + words(verdict),
                requireNonNull(STYLES.get(verdict)),
                Form.MARKS,
                points));
      }
    }
    IntervalPlot points =
        new IntervalPlot(
            "published, in the unit of its row",
            Scale.NUMBERS,
            "predicted, in the same unit",
            Scale.NUMBERS,
            series,
            List.of());
    return new Picture(
        new Figure(
            "predicted-against-measured",
            "Published measurements, and what the model predicts",
            "%s that gave no price; bars: [low high]; on the line both are equal"
                .formatted(Numbers.count(validation.rows(), "row")),
            describe(validation),
            data(validation),
            new AgainstPlot(points, FACTOR)::plot),
        "A mark on the line says that the best guess is the published value, one in the shade that"
            + " it is off by less than two. %s of %s lie inside their interval. Rows are times (ns,"
                .formatted(
                    Numbers.count(validation.count(Verdict.INSIDE)),
                    Numbers.count(validation.rows(), "row"))
            + " cycles), ratios and rates; each is compared in its own unit, so only the distance"
            + " from the line counts, not the place along it. A published value in an interval"
            + " wider than a factor of 4 counts as no prediction.");
  }

  private static String words(Verdict verdict) {
    return switch (verdict) {
      case INSIDE -> "inside the interval";
      case OUTSIDE -> "outside";
      case TOO_WIDE -> "inside an interval too wide to count";
    };
  }

  private static IntervalPlot.Point point(Outcome outcome) {
    return new IntervalPlot.Point(outcome.prediction().published().best(), outcome.predicted());
  }

  private static String describe(Validation validation) {
    StringBuilder text =
        new StringBuilder(
            "Across: published value, logarithmic. Up: predicted value, on the same axis. "
                + Numbers.count(validation.rows(), "mark")
                + ". Farthest from the line:");
    validation.outcomes().stream()
        .sorted(java.util.Comparator.comparingDouble(Outcome::fold).reversed())
        .limit(3)
        .forEach(each ->
            text.append(' ')
                .append(each.prediction().row())
                .append(", ")
                .append(each.prediction().what())
                .append(" (predicted is ")
                .append(Numbers.plain(each.ratio()))
                .append(" times the published value);"));
    return text.substring(0, text.length() - 1) + ".";
  }

  private static FigureData data(Validation validation) {
    List<List<String>> rows = new ArrayList<>();
    for (Outcome each : validation.outcomes()) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  each.prediction().row(),
                  each.prediction().what(),
                  each.verdict().text(),
                  each.prediction().unit(),
                  Numbers.plain(each.prediction().published().best())));
      row.addAll(ModelChart.cells(each.predicted()));
      row.add(Numbers.plain(each.ratio()));
      rows.add(row);
    }
    return new FigureData(
        List.of(
            "row",
            "what",
            "verdict",
            "unit",
            "#published",
            "#low",
            "#best",
            "#high",
            "#best over published"),
        rows);
  }
}
