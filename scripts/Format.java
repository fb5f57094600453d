import com.google.googlejavaformat.java.Main;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Checks (`check`) or rewrites (`fix`) every Java source below a directory with
/// google-java-format. Started by Maven on the JDK that compiles the code: see `check-format` in
/// pom.xml.
public final class Format {
  public static void main(String[] args) throws Exception {
    boolean fix = args[0].equals("fix");
    List<String> command = new ArrayList<>();
    command.addAll(fix ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    try (Stream<Path> files = Files.walk(Path.of(args[1]))) {
      files
          .map(Path::toString)
          .filter(file -> file.endsWith(".java") && !file.contains("/target/"))
          .sorted()
          .forEach(command::add);
    }
    PrintWriter out = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int unformatted = new Main(out, out, System.in).format(command.toArray(String[]::new));
    out.flush();
    if (unformatted != 0 && !fix) {
      System.err.println(
          "The files above are not formatted. To format them: mvn -Pformat validate");
    }
    System.exit(unformatted);
  }
}
