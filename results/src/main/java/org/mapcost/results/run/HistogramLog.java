package org.mapcost.results.run;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.BenchmarkResultMetaData;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/// Writes results as an HdrHistogram log: a tag for every benchmark, mode and parameters, a line
/// for every fork, values in picoseconds per operation.
///
/// In JMH's mode `sample` the values are the samples; in every other mode they are the scores of
/// the iterations, one each, so that a percentile of them is one of iterations and not of calls.
/// Modelled times have tags of their own, which end in `:modelled=callerNs` or
/// `:modelled=stolenNs`.
final class HistogramLog {
  private static final int DIGITS = 3;

  /// Secondary results that are modelled times: what the caller waits, what other CPUs lose.
  private static final List<String> MODELLED = List.of("callerNs", "stolenNs");

  private static final double PICOSECONDS_PER_NANOSECOND = 1000;

  private HistogramLog() {}

  /// Writes the whole log.
  ///
  /// @param started when the run began, in milliseconds since 1970
  static void write(OutputStream out, long started, List<RunResult> results) throws IOException {
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
        for (String modelled : MODELLED) {
          modelled(fork, modelled)
              .ifPresent(histogram -> {
                histogram.setTag(tag + ":modelled=" + modelled);
                log.outputIntervalHistogram(
                    seconds(fork, started, BenchmarkResultMetaData::getMeasurementTime),
                    seconds(fork, started, BenchmarkResultMetaData::getStopTime),
                    histogram,
                    PICOSECONDS_PER_NANOSECOND);
              });
        }
      }
    }
    if (printer.checkError()) {
      throw new IOException("the histograms were not written whole");
    }
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
    return tag.toString().replaceAll("[,\\s]", "_");
  }

  /// The modelled time of an operation, an iteration each; empty where the benchmark models none.
  private static Optional<Histogram> modelled(BenchmarkResult fork, String name) {
    Histogram values = new Histogram(DIGITS);
    for (IterationResult iteration : fork.getIterationResults()) {
      Result<?> result = iteration.getSecondaryResults().get(name);
      if (result != null) {
        record(values, result.getScore(), result.getScoreUnit(), 1);
      }
    }
    return values.getTotalCount() == 0 ? Optional.empty() : Optional.of(values);
  }

  private static Histogram values(BenchmarkResult fork, Mode mode) {
    Histogram values = new Histogram(DIGITS);
    for (IterationResult iteration : fork.getIterationResults()) {
      Result<?> result = iteration.getPrimaryResult();
      if (mode == Mode.SampleTime) {
        Iterator<Map.Entry<Double, Long>> samples = result.getStatistics().getRawData();
        while (samples.hasNext()) {
          Map.Entry<Double, Long> sample = samples.next();
          record(values, sample.getKey(), result.getScoreUnit(), sample.getValue());
        }
      } else {
        record(values, result.getScore(), result.getScoreUnit(), 1);
      }
    }
    return values;
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
