package dev.sluice.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.config.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A secret that stands in the configuration or in a file. Its text never shows it.
 *
 * @param text what stands in the configuration; empty when a file is named
 * @param file the file that holds it; null for none
 */
record SecretText(String text, @Nullable Path file) {
  private static final int BYTES_MAX = 1 << 20;

  /** Reads {@code textKey} and {@code fileKey}; the file wins, as in the Collector. */
  static SecretText read(Section section, String textKey, String fileKey) {
    String text = section.secret(textKey);
    Path file = file(section, fileKey);
    if (file != null && text != null && !text.isEmpty()) {
      section.warning(textKey, "is not used: " + fileKey + " is set and wins");
    }
    return file == null ? new SecretText(text == null ? "" : text, null) : new SecretText("", file);
  }

  /** A file that a key names and that can be read; null, and perhaps a problem, when not. */
  static @Nullable Path file(Section section, String key) {
    String name = section.string(key, "");
    if (name.isEmpty()) {
      return null;
    }
    try {
      Path path = Path.of(name);
      if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
        String state = Files.exists(path) ? "cannot be read by this user" : "does not exist";
        section.problem(key, "file \"" + name + "\" " + state);
      }
      return path;
    } catch (InvalidPathException _) {
      section.problem(key, "\"" + name + "\" is not a path");
      return Path.of("");
    }
  }

  boolean isGiven() {
    return file != null || !text.isEmpty();
  }

  /**
   * The secret as it is now. Blocks on the file.
   *
   * @throws IOException that does not show it
   */
  String current() throws IOException {
    return file == null ? text : read(file);
  }

  /** The text of a file of at most {@value #BYTES_MAX} bytes. */
  static String read(Path file) throws IOException {
    if (Files.size(file) > BYTES_MAX) {
      throw new IOException(file + " is larger than " + BYTES_MAX + " bytes");
    }
    return new String(Files.readAllBytes(file), UTF_8);
  }

  @Override
  public String toString() {
    return file == null ? "SecretText" : "SecretText[" + file + "]";
  }
}
