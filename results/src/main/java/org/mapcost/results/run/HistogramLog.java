package org.mapcost.results.run;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.BenchmarkResultMetaData;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.SampleTimeResult;

/// Writes results as an HdrHistogram log: a tag for every benchmark, mode and parameters, a line
/// for every fork, values in picoseconds per operation.
///
/// In JMH's mode `sample` the values are the samples; in every other mode they are the scores of
/// the iterations, one each, so that a percentile of them is one of iterations and not of calls.
/// Modelled times have tags of their own: what an operation costs on average, an iteration each, in
/// tags that end in `:modelled=callerNs` or `:modelled=stolenNs`; latencies of single operations,
/// all of them, under their own name, as in `:modelled=modelledNs`.
final class HistogramLog {
  private static final int DIGITS = 3;

  /// Secondary results that are modelled times: what the caller waits, what other CPUs lose.
  private static final List<String> MODELLED = List.of("callerNs", "stolenNs");

  private static final double PICOSECONDS_PER_NANOSECOND = 1000;

  private HistogramLog() {}

  /// Writes the whole log.
  ///
  /// @param started when the run began, in milliseconds since 1970
  static void write(OutputStream out, long started, List<RunResult> results) {
    PrintStream printer = new PrintStream(out, false, StandardCharsets.UTF_8);
    HistogramLogWriter log = new HistogramLogWriter(printer);
    log.outputComment("[mapcost: values are picoseconds per operation, Interval_Max nanoseconds;");
    log.outputComment(" a line is one fork. Mode 'sample' holds the samples, any other mode one");
    log.outputComment(" value per iteration, its score.]");
    log.outputLogFormatVersion();
    log.outputBaseTime(started);
    log.setBaseTime(started);
    log.outputStartTime(started);
    log.outputLegend();
    for (RunResult result : results) {
      String tag = tag(result.getParams());
      for (BenchmarkResult fork : result.getBenchmarkResults()) {
        Histogram values = values(fork, result.getParams().getMode());
        values.setTag(tag);
        log.outputIntervalHistogram(
            seconds(fork, started, BenchmarkResultMetaData::getMeasurementTime),
            seconds(fork, started, BenchmarkResultMetaData::getStopTime),
            values,
            PICOSECONDS_PER_NANOSECOND);
        modelled(fork)
            .forEach((name, histogram) -> {
              histogram.setTag(tag(tag + ":modelled=" + name));
              log.outputIntervalHistogram(
                  seconds(fork, started, BenchmarkResultMetaData::getMeasurementTime),
                  seconds(fork, started, BenchmarkResultMetaData::getStopTime),
                  histogram,
                  PICOSECONDS_PER_NANOSECOND);
            });
      }
    }
    printer.flush();
  }

  /// `ResourceWalkBenchmark.walk:avgt:behaviour=w3:target=last`; a tag has no comma and no space.
  static String tag(BenchmarkParams params) {
    StringBuilder tag =
        new StringBuilder(Measurement.shortName(params.getBenchmark()))
            .append(':')
            .append(params.getMode().shortLabel());
    for (String key : params.getParamsKeys()) {
      tag.append(':').append(key).append('=').append(params.getParam(key));
    }
    return tag(tag.toString());
  }

  private static String tag(String text) {
    return text.replaceAll("[,\\s]", "_");
  }

  /// The modelled times of a fork by name; none where the benchmark models none.
  private static Map<String, Histogram> modelled(BenchmarkResult fork) {
    Map<String, Histogram> byName = new TreeMap<>();
    for (IterationResult iteration : fork.getIterationResults()) {
      iteration
          .getSecondaryResults()
          .forEach((name, result) -> {
            boolean samples = result instanceof SampleTimeResult;
            if (samples || MODELLED.contains(name)) {
              Histogram values = byName.computeIfAbsent(name, _ -> new Histogram(DIGITS));
              if (samples) {
                recordSamples(values, result);
              } else {
                record(values, result.getScore(), result.getScoreUnit(), 1);
              }
            }
          });
    }
    byName.values().removeIf(each -> each.getTotalCount() == 0);
    return byName;
  }

  private static Histogram values(BenchmarkResult fork, Mode mode) {
    Histogram values = new Histogram(DIGITS);
    for (IterationResult iteration : fork.getIterationResults()) {
      Result<?> result = iteration.getPrimaryResult();
      if (mode == Mode.SampleTime) {
        recordSamples(values, result);
      } else {
        record(values, result.getScore(), result.getScoreUnit(), 1);
      }
    }
    return values;
  }

  private static void recordSamples(Histogram values, Result<?> result) {
    Iterator<Map.Entry<Double, Long>> samples = result.getStatistics().getRawData();
    while (samples.hasNext()) {
      Map.Entry<Double, Long> sample = samples.next();
      record(values, sample.getKey(), result.getScoreUnit(), sample.getValue());
    }
  }

  private static void record(Histogram values, double score, String unit, long count) {
    double picoseconds = picoseconds(score, unit);
    if (Double.isFinite(picoseconds) && picoseconds >= 0) {
      values.recordValueWithCount(Math.round(picoseconds), count);
    }
  }

  /// The time of one operation.
  ///
  /// @param unit JMH's: `ns/op`, or for a throughput `ops/ms`
  static double picoseconds(double score, String unit) {
    return JmhUnit.nanoseconds(score, unit) * PICOSECONDS_PER_NANOSECOND;
  }

  private static double seconds(
      BenchmarkResult fork,
      long started,
      java.util.function.ToLongFunction<BenchmarkResultMetaData> moment) {
    BenchmarkResultMetaData meta = fork.getMetadata();
    return meta == null ? 0 : Math.max(0, moment.applyAsLong(meta) - started) / 1000.0;
  }
}
