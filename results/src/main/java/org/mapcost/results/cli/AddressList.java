package org.mapcost.results.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mapcost.model.InputException;
import org.mapcost.model.units.PhysicalAddress;

/// Reads a list of physical addresses, one a line; blank lines and lines that begin with `#` are
/// skipped.
final class AddressList {
  private AddressList() {}

  /// Reads a file, or standard input for `-`. A line that is no address is refused with its number.
  static List<PhysicalAddress> read(String file) {
    String name = file.equals("-") ? "standard input" : file;
    List<PhysicalAddress> addresses = new ArrayList<>();
    try (BufferedReader lines = open(file)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank() && !line.strip().startsWith("#")) {
          addresses.add(parse(name, number, line));
        }
      }
    } catch (NoSuchFileException e) {
      throw new InputException(name + ": no such file.", e);
    } catch (IOException e) {
      throw new InputException(name + ": cannot be read as text: " + e.getMessage() + ".", e);
    }
    if (addresses.isEmpty()) {
      throw new InputException(name + ": no address in it; write one hexadecimal address a line.");
    }
    return addresses;
  }

  private static BufferedReader open(String file) throws IOException {
    if (file.equals("-")) {
      return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }
    Path path = Path.of(file);
    if (Files.isDirectory(path)) {
      throw new InputException(file + ": is a directory; name a file with one address a line.");
    }
    return Files.newBufferedReader(path);
  }

  private static PhysicalAddress parse(String file, int line, String text) {
    try {
      return PhysicalAddress.parse(text);
    } catch (InputException e) {
      throw InputException.at(file, line, String.valueOf(e.getMessage()));
    }
  }
}
