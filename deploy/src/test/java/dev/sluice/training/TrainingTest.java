package dev.sluice.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With the real program as a process of its own, as after a build. */
class TrainingTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @Test
  void allSignalsComeThroughToTheSink() throws Exception {
    try (Sink sink = new Sink()) {
      Training training =
          new Training(
              List.of(
                  JAVA,
                  "-XX:+UseSerialGC",
                  "-Xmx96m",
                  "--enable-native-access=ALL-UNNAMED",
                  "--sun-misc-unsafe-memory-access=allow",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "dev.sluice.Main"),
              sink);
      assertEquals(0, training.run(Duration.ZERO));
      assertTrue(sink.paths().containsAll(Sink.BACKENDS), () -> sink.paths().toString());
    }
  }

  @Test
  void aCommandThatEndsAtOnceIsAFailure() throws Exception {
    try (Sink sink = new Sink()) {
      Training training = new Training(List.of(JAVA, "--version"), sink);
      assertThrows(IOException.class, () -> training.run(Duration.ZERO));
    }
  }
}
