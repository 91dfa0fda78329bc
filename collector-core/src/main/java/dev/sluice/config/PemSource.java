package dev.sluice.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where certificates or a key in PEM come from. */
public sealed interface PemSource {

  /** The PEM text, read anew on each call so that a replaced file is noticed. */
  String pem() throws IOException;

  /** A file, which was there and could be read when the configuration was. */
  record File(Path path) implements PemSource {
    @Override
    public String pem() throws IOException {
      return Files.readString(path, StandardCharsets.US_ASCII);
    }
  }

  /** Text that stands in the configuration. */
  record Text(String pem) implements PemSource {

    /** Without the text, which may be a private key. */
    @Override
    public String toString() {
      return "Text[" + ConfigPrinter.REDACTED + "]";
    }
  }
}
