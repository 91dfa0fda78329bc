package dev.sluice.ondisk;

import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.DeadLetterNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A dead letter: a request, and the note beside it. Immutable.
 *
 * @param payload the file with the request
 * @param bytes of it
 * @param time when it was written, as its name says; empty when it says none
 */
record Letter(Path payload, long bytes, String time, DeadLetterNote note) {
  static final String PAYLOAD = ".pb";
  static final String NOTE = ".txt";

  String name() {
    String file = String.valueOf(payload.getFileName());
    return file.substring(0, file.length() - PAYLOAD.length());
  }

  /** The request as it was kept; not checked. */
  Telemetry telemetry() throws IOException {
    return new Telemetry(note.signal(), Files.readAllBytes(payload), note.items());
  }

  /** The payload first: a note alone is harmless, a payload without one is damage. */
  void delete() throws IOException {
    Files.deleteIfExists(payload);
    Files.deleteIfExists(payload.resolveSibling(name() + NOTE));
  }
}
