package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.results.cli.FakeCheckout.Run;

/// Guards the promises of `scripts/mapcost`: it finds a JDK 25 or says what to install, builds
/// exactly when the jar does not hold the sources, hands everything through to the program, and
/// keeps standard output for it, whatever state the AOT cache is in.
@EnabledOnOs(OS.LINUX)
class LauncherIT {
  private static final String NO_JDK =
      "mapcost: needs JDK 25 and found none: install Temurin 25 (https://adoptium.net) or"
          + " openjdk-25-jdk, or point MAPCOST_JAVA_HOME to one.\n";

  @TempDir private Path root;
  private FakeCheckout checkout;

  @BeforeEach
  void checkOut() throws IOException {
    checkout = new FakeCheckout(root);
  }

  // ---- the JDK

  @Test
  void withoutJdkItSaysWhatToInstall() throws IOException {
    FakeCheckout.jdk(checkout.jdks.resolve("java-17"), "17.0.15");
    Path jre = FakeCheckout.jdk(checkout.jdks.resolve("jre-25"), "25.0.1");
    Files.delete(jre.resolve("bin/javac"));
    assertThat(checkout.run("--version")).isEqualTo(new Run(2, "", NO_JDK));
    assertThat(checkout.builds()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"MAPCOST_JAVA_HOME", "JAVA_HOME", "JAVA_HOME_25_X64", "JDK_25", "JDK25_HOME"})
  void takesTheJdkOfAVariable(String variable) throws IOException {
    Path jdk = FakeCheckout.jdk(root.resolve("my jdk"), "25.0.3");
    Run run = checkout.built().run(Map.of(variable, jdk.toString(), "JDK_JAVA_OPTIONS", "-Xmx1g"));
    assertThat(run.lines("jdk")).containsExactly(jdk.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdks/any", "user/.sdkman/candidates/java/25-tem", "user/.jdks/openjdk"})
  void findsTheJdkInTheUsualPlaces(String place) throws IOException {
    Path jdk = FakeCheckout.jdk(root.resolve(place), "25");
    Path old = FakeCheckout.jdk(root.resolve("old"), "1.8.0_402");
    Run run = checkout.built().run(Map.of("JAVA_HOME", old.toString()));
    assertThat(run.lines("jdk")).containsExactly(jdk.toString());
  }

  @Test
  void findsTheJdkBehindTheLinkOnThePath() throws IOException {
    Path jdk = FakeCheckout.jdk(root.resolve("elsewhere"), "25.0.3");
    Files.createSymbolicLink(checkout.tools.resolve("java"), jdk.resolve("bin/java"));
    assertThat(checkout.built().run().lines("jdk")).containsExactly(jdk.toString());
  }

  @Test
  void aNewerJdkServesWhereThereIsNo25() throws IOException {
    Path newer = FakeCheckout.jdk(checkout.jdks.resolve("a-26"), "26-ea");
    checkout.built();
    assertThat(checkout.run().lines("jdk")).containsExactly(newer.toString());
    Path wanted = FakeCheckout.jdk(checkout.jdks.resolve("b-25"), "25.0.3");
    assertThat(checkout.run().lines("jdk")).containsExactly(wanted.toString());
  }

  @Test
  void aWrongMapcostJavaHomeIsNotPassedOver() throws IOException {
    jdk();
    Run run = checkout.built().run(Map.of("MAPCOST_JAVA_HOME", "/nowhere"));
    String words = "mapcost: MAPCOST_JAVA_HOME=/nowhere is not the home of a JDK 25 or newer.\n";
    assertThat(run).isEqualTo(new Run(2, "", words));
  }

  // ---- the build
  // Every start here is of a long command: those leave no training run behind.

  @Test
  void withoutMavenItSaysWhatToInstall() throws IOException {
    jdk();
    Files.delete(checkout.tools.resolve("mvn"));
    String words =
        "mapcost: needs Maven to build itself: install it (Debian: apt-get install maven).\n";
    assertThat(checkout.run("report")).isEqualTo(new Run(2, "", words));
  }

  @Test
  void buildsOnFirstUseOnly() throws IOException {
    jdk();
    Run first = checkout.run("report");
    assertThat(first.err()).isEqualTo("mapcost: building (first use), about a minute ...\n");
    assertThat(first.out()).doesNotContain("Maven").endsWith("<report>\n");
    assertThat(checkout.run("report").err()).isEmpty();
    assertThat(checkout.builds())
        .singleElement()
        .asString()
        .startsWith(checkout.home + ": -q -B")
        .endsWith(" package");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pom.xml", "results/pom.xml", "benchmarks/src/main/java/Kept.java"})
  void buildsAgainWhenASourceIsSaved(String source) throws IOException {
    jdk();
    checkout.run("report");
    Files.writeString(checkout.home.resolve(source), "other text\n");
    assertThat(checkout.run("report").err())
        .isEqualTo("mapcost: building (" + source + " has changed), about a minute ...\n");
    assertThat(checkout.run("report").err()).isEmpty();
    assertThat(checkout.builds()).hasSize(2);
  }

  @Test
  void buildsAgainWhenASourceIsDeleted() throws IOException {
    jdk();
    checkout.run("report");
    Files.delete(checkout.home.resolve("model/src/main/java/Kept.java"));
    assertThat(checkout.run("report").err()).contains("building (model/src/main/java has changed)");
    assertThat(checkout.run("report").err()).isEmpty();
  }

  @Test
  void aSourceSavedDuringTheBuildIsBuiltNextTime() throws IOException {
    jdk();
    Path save = Files.createFile(checkout.tools.resolve("save"));
    checkout.run("report");
    Files.delete(save);
    assertThat(checkout.run("report").err())
        .contains("building (model/src/main/java/Kept.java has changed");
    assertThat(checkout.run("report").err()).isEmpty();
  }

  @Test
  void aFailedBuildShowsMavensWordsAndItsJarIsNotUsed() throws IOException {
    jdk();
    Path fail = Files.createFile(checkout.tools.resolve("fail"));
    Run run = checkout.run("report");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .containsExactly(
            "mapcost: building (first use), about a minute ...",
            "from Maven to standard output",
            "from Maven to standard error",
            "mapcost: the build failed; above is what Maven said.");
    Files.delete(fail);
    Run next = checkout.run("report");
    assertThat(next.exitCode()).isZero();
    assertThat(next.err()).contains("building (the last build did not end)");
  }

  @Test
  void parallelFirstStartsBuildOnce() throws IOException {
    jdk();
    List<CompletableFuture<Run>> starts =
        Stream.of("a", "b", "c", "d")
            .map(word -> checkout.start(checkout.launcher(), root, "", Map.of(), "report", word))
            .toList();
    assertThat(starts).allSatisfy(start -> assertThat(start.join().exitCode()).isZero());
    assertThat(starts.stream().map(start -> start.join().out().lines().toList().getLast()))
        .containsExactly("<a>", "<b>", "<c>", "<d>");
    assertThat(checkout.builds()).hasSize(1);
  }

  @Test
  void withNoBuildItRunsWhatThereIs() throws IOException {
    jdk();
    Map<String, String> noBuild = Map.of("MAPCOST_NO_BUILD", "1");
    String words = "mapcost: is not built yet, and MAPCOST_NO_BUILD=1 forbids building it.\n";
    assertThat(checkout.run(noBuild, "report")).isEqualTo(new Run(2, "", words));
    checkout.run("report");
    Files.writeString(checkout.home.resolve("pom.xml"), "other text\n");
    assertThat(checkout.run(noBuild, "report")).returns(0, Run::exitCode).returns("", Run::err);
  }

  @Test
  void aReadOnlyCheckoutStillRuns() throws IOException {
    jdk();
    checkout.run("report");
    Path target = checkout.target("");
    assertThat(target.toFile().setWritable(false)).isTrue();
    assumeFalse(Files.isWritable(target), "root may write into every directory");
    assertThat(checkout.run("report")).returns(0, Run::exitCode).returns("", Run::err);
    Files.writeString(checkout.home.resolve("pom.xml"), "other text\n");
    Run stale = checkout.run("report");
    assertThat(stale.exitCode()).isZero();
    assertThat(stale.err()).contains("the sources are newer than the program").hasLineCount(1);
    assertThat(target.toFile().setWritable(true)).isTrue();
  }

  // ---- the run

  @Test
  void argumentsDirectoryInputAndExitCodeGoThrough() throws IOException {
    jdk();
    Path link = Files.createSymbolicLink(root.resolve("mc"), checkout.launcher());
    String[] words = {
      "report", "copy", "a b", "", "it's", "\"", "$HOME", "*", "\\n", "two\nlines", "--", "-x"
    };
    Run run =
        checkout.start(link, checkout.user, "0x1000\n", Map.of("FAKE_EXIT", "7"), words).join();
    assertThat(run.exitCode()).isEqualTo(7);
    assertThat(run.lines("directory")).containsExactly(checkout.user.toString());
    assertThat(run.lines("flag")).contains("-Dmapcost.home=" + checkout.home);
    assertThat(run.out()).endsWith("<" + String.join(">\n<", words) + ">\n0x1000\n");
  }

  @Test
  void theJvmTakesThePlaceOfTheScript() throws IOException {
    jdk();
    checkout.built();
    Path pid = root.resolve("pid");
    // A shell that says its own number and becomes the launcher.
    FakeCheckout.executable(
        root.resolve("shell"), "#!/usr/bin/env bash\necho $$ >'" + pid + "'\nexec \"$@\"\n");
    String launcher = checkout.launcher().toString();
    Run run = checkout.start(root.resolve("shell"), root, "", Map.of(), launcher).join();
    assertThat(run.lines("process")).containsExactly(Files.readString(pid).strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bench", "simulate", "plan", "sensitivity"})
  void onlyShortCommandsDoWithoutTheFullCompiler(String command) throws IOException {
    jdk();
    checkout.built();
    String shortOnly = "-XX:TieredStopAtLevel=1";
    assertThat(checkout.run("--quiet", command).lines("flag")).doesNotContain(shortOnly);
    assertThat(checkout.run("walk", command).lines("flag")).contains(shortOnly);
  }

  /// Millions of rows and simulations are worth it, a table is not.
  @Test
  void sweepsHaveTheFullCompilerWhereTheyAreLong() throws IOException {
    jdk();
    checkout.built();
    String shortOnly = "-XX:TieredStopAtLevel=1";
    assertThat(checkout.run("whatif", "--vary", "buffer=1MiB,2MiB").lines("flag"))
        .contains(shortOnly);
    for (String option : new String[] {"--out=FILE", "--out", "--workload"}) {
      assertThat(checkout.run("whatif", option).lines("flag"))
          .as(option)
          .isNotEmpty()
          .doesNotContain(shortOnly);
    }
  }

  /// The cache is made in the background: not beside a report, which uses all processors.
  @Test
  void aReportHasTheQuickCompilerAndNoCompany() throws IOException {
    jdk();
    checkout.built();
    assertThat(checkout.run("report").lines("flag")).contains("-XX:TieredStopAtLevel=1");
    assertThat(checkout.target(".mapcost.training")).doesNotExist();
  }

  @Test
  void theUsersCollectorStands() throws IOException {
    jdk();
    checkout.built();
    String serial = "-XX:+UseSerialGC";
    assertThat(checkout.run().lines("flag")).contains(serial);
    Map<String, String> own = Map.of("JDK_JAVA_OPTIONS", "-Xmx1g -XX:+UseZGC");
    assertThat(checkout.run(own).lines("flag")).doesNotContain(serial);
  }

  @Test
  void theCacheIsMadeBehindTheCallersBackAndUsedFromThenOn() throws Exception {
    Path train = jdk().resolve("bin/train");
    Files.delete(train);
    Path cache = checkout.target("mapcost.aot");
    String use = "-XX:AOTCache=" + cache;
    // Its outputs end although the training run, which waits for the file, does not.
    assertThat(checkout.run().lines("flag")).doesNotContain(use);
    assertThat(cache).doesNotExist();
    Files.createFile(train);
    await(cache);
    assertThat(checkout.run().lines("flag")).contains(use, "-XX:+VerifySharedSpaces");
    Files.writeString(checkout.home.resolve("pom.xml"), "other text\n");
    assertThat(checkout.run("bench").lines("flag")).doesNotContain(use);
    assertThat(cache).doesNotExist();
  }

  @Test
  void theRealProgramRunsWhateverTheCacheHolds() throws Exception {
    Path jar = Path.of(System.getProperty("basedir"), "target", "mapcost.jar");
    assumeTrue(Files.exists(jar), "mapcost.jar is not built");
    Files.createDirectories(checkout.target(""));
    Files.copy(jar, checkout.target("mapcost.jar"), StandardCopyOption.COPY_ATTRIBUTES);
    Map<String, String> real =
        Map.of("MAPCOST_NO_BUILD", "1", "MAPCOST_JAVA_HOME", System.getProperty("java.home"));
    Run plain = checkout.run(real, "--version");
    assertThat(plain).returns(0, Run::exitCode).returns("", Run::err);
    assertThat(plain.out()).startsWith("mapcost ").hasLineCount(1);

    Path cache = checkout.target("mapcost.aot");
    await(cache);
    assertThat(cache).isNotEmptyFile();
    assertThat(checkout.run(real, "--version")).isEqualTo(plain);
    FileTime date = Files.getLastModifiedTime(cache);
    long size = Files.size(cache);
    // Last the header, then cut short, then nothing: each with the date of a good cache.
    for (long where : new long[] {size * 3 / 4, size / 2, size / 4, 0}) {
      damage(cache, where);
      Files.setLastModifiedTime(cache, date);
      assertThat(checkout.run(real, "--version")).as("damaged at %s", where).isEqualTo(plain);
    }
    for (long length : new long[] {size / 2, 4096, 0}) {
      cut(cache, length);
      Files.setLastModifiedTime(cache, date);
      assertThat(checkout.run(real, "--version")).as("cut at %s", length).isEqualTo(plain);
    }
  }

  /// The JDK that most tests use; its training runs end at once.
  private Path jdk() throws IOException {
    Path jdk = FakeCheckout.jdk(checkout.jdks.resolve("jdk-25"), "25.0.3");
    Files.createFile(jdk.resolve("bin/train"));
    return jdk;
  }

  private static void await(Path file) throws InterruptedException {
    for (int tries = 0; tries < 3000 && !Files.exists(file); tries++) {
      Thread.sleep(20);
    }
    assertThat(file).exists();
  }

  private static void damage(Path file, long where) throws IOException {
    byte[] noise = new byte[4096];
    RandomGeneratorFactory.of("L64X128MixRandom").create(where).nextBytes(noise);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(where);
      open.write(noise);
    }
  }

  private static void cut(Path file, long length) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(length);
    }
  }
}
