package dev.sluice;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Texts that the build puts beside the classes. */
final class Resources {
  private Resources() {}

  /** The version of the pom. */
  static String version() {
    return text("version.txt").strip();
  }

  /** The configuration that is used when none is given. */
  static String embeddedConfiguration() {
    return text("embedded.yaml");
  }

  private static String text(String name) {
    try (InputStream stream = Resources.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
