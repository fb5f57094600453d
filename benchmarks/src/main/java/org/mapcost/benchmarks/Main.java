package org.mapcost.benchmarks;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.mapcost.benchmarks.profile.CountsProfiler;

/// JMH's own `main`, in a JVM that stays silent, with the counts of each operation among the
/// secondary results.
///
/// JMH 1.37 uses `sun.misc.Unsafe`, at which JDK 25 prints four lines of warning unless a flag on
/// the command line allows it; a manifest cannot carry that flag. Started without it, this class
/// starts the same JVM once more, with it.
public final class Main {
  private Main() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
    if (flags.contains(ForkFlags.UNSAFE)) {
      org.openjdk.jmh.Main.main(withCounts(args));
    } else {
      System.exit(again(flags, args));
    }
  }

  private static String[] withCounts(String[] args) {
    List<String> all = new ArrayList<>(List.of("-prof", CountsProfiler.class.getName()));
    all.addAll(List.of(args));
    return all.toArray(String[]::new);
  }

  private static int again(List<String> flags, String[] args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(flags);
    command.addAll(ForkFlags.SILENT);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(args));
    Process jmh = new ProcessBuilder(command).inheritIO().start();
    Runtime.getRuntime().addShutdownHook(new Thread(jmh::destroy));
    return jmh.waitFor();
  }
}
