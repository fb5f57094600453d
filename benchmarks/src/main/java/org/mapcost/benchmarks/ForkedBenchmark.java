package org.mapcost.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/// How every benchmark of this suite is measured unless the command line says otherwise.
///
/// The flags that keep a fork silent are prepended and those that fix its memory are its arguments
/// proper. So a fork inherits nothing from the JVM that starts it, `-jvmArgsAppend` adds to these
/// flags, and `-jvmArgs` replaces the memory ones but leaves the fork silent.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgsPrepend = {ForkFlags.UNSAFE, ForkFlags.NATIVE},
    jvmArgs = {
      ForkFlags.SERIAL,
      ForkFlags.HEAP_START,
      ForkFlags.HEAP,
      ForkFlags.YOUNG,
      ForkFlags.ALIGNMENT,
      ForkFlags.LARGE_PAGES,
      ForkFlags.SAID_ONCE
    })
public abstract class ForkedBenchmark {}
