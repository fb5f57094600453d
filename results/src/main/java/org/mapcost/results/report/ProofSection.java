package org.mapcost.results.report;

import java.util.ArrayList;
import java.util.List;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.figure.Numbers;
import org.mapcost.results.figure.PredictedAgainstMeasured;
import org.mapcost.results.published.Outcome;
import org.mapcost.results.published.Outcome.Verdict;
import org.mapcost.results.published.Validation;

/// How far the model is right, and where it is not.
final class ProofSection {
  private ProofSection() {}

  static Page.Section of(Proof proof) {
    List<Block> blocks = new ArrayList<>();
    List<String> facts = new ArrayList<>();
    proof.counts().ifPresent(each -> facts.add(counts(each)));
    proof.prices().ifPresent(each -> facts.add(prices(each)));
    if (facts.isEmpty()) {
      facts.add("Not asked for this report; 'mapcost validate' answers.");
    }
    blocks.add(new Block.Bullets(facts));
    proof
        .prices()
        .ifPresent(each -> {
          blocks.add(Block.of(PredictedAgainstMeasured.of(each)));
          blocks.add(misses(each));
        });
    return new Page.Section("proof", "How far to trust the model", blocks);
  }

  private static String counts(Proof.Counts of) {
    int calls = of.calls();
    int agree = of.agree();
    return "Counts: the model does the same as %s of %s that were recorded in unmodified kernels (%s) under emulation on at most four CPUs; %s."
        .formatted(
            Numbers.count(agree),
            Numbers.count(calls, "call"),
            String.join(", ", of.kernels()),
            agree == calls ? "none differs" : Numbers.count(calls - agree) + " differ");
  }

  private static String prices(Validation of) {
    return "Prices: %s of %s of %s that gave no price lie inside the model's intervals; in the median its best guess is off by a factor of %s. Some priors were moved by people who had seen these rows, so rows that nobody has seen yet are the better test."
        .formatted(
            Numbers.count(of.count(Verdict.INSIDE)),
            Numbers.count(of.rows(), "published row"),
            Numbers.count(of.sources(), "source"),
            Numbers.plain(of.medianFold()));
  }

  private static Block misses(Validation of) {
    List<List<String>> rows = new ArrayList<>();
    for (Outcome each : of.outcomes()) {
      if (each.verdict() != Verdict.INSIDE) {
        rows.add(
            List.of(
                each.prediction().row(),
                each.prediction().what(),
                Numbers.plain(each.prediction().published().best())
                    + " "
                    + each.prediction().unit(),
                Numbers.interval(each.predicted()),
                each.verdict().text(),
                each.prediction().explained().isEmpty()
                    ? "not explained"
                    : each.prediction().explained()));
      }
    }
    return new Block.Grid(
        "The model's errors: published rows that do not count as predicted",
        new FigureData(List.of("row", "what", "#published", "#predicted", "verdict", "why"), rows),
        true);
  }
}
