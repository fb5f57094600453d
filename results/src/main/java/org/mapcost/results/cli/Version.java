package org.mapcost.results.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The version and the git revision that this program was built from.
public final class Version implements IVersionProvider {
  private static final Properties GIT = read();

  public Version() {}

  /// `0.1.0`.
  public static String version() {
    return GIT.getProperty("git.build.version", "unknown");
  }

  /// The abbreviated commit, `unknown` where the sources were no git checkout.
  public static String revision() {
    return GIT.getProperty("git.commit.id.abbrev", "unknown");
  }

  /// Whether the checkout had uncommitted changes.
  public static boolean dirty() {
    return Boolean.parseBoolean(GIT.getProperty("git.dirty", "false"));
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "mapcost " + version() + " (git " + revision() + (dirty() ? ", modified" : "") + ")"
    };
  }

  private static Properties read() {
    Properties git = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("git.properties")) {
      if (in != null) {
        git.load(in);
      }
    } catch (IOException e) {
      // Unreadable is the same as absent: the revision is unknown.
      git.clear();
    }
    return git;
  }
}
