package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on what is on disk as processes, and that others do not pay for them. */
class DiskProcessTest {
  private static final String ROOM = "dev.sluice.ondisk.";

  @TempDir private Path folder;

  @Test
  void replayBesideAWriterOpensNoPortAndEndsWithItsVerdict() throws Exception {
    Path journals = folder.resolve("journal");
    try (JournalFiles files = new JournalFiles(journals, "traces", "a").spans("one", "two");
        TraceBackend backend = new TraceBackend();
        ServerSocket taken = new ServerSocket(0)) {
      String yaml =
          """
          receivers: {otlp: {protocols: {http: {endpoint: "localhost:%1$d"}}}}
          exporters: {otlp_http: {endpoint: "http://127.0.0.1:%2$d", compression: none}}
          extensions: {health_check: {endpoint: "localhost:%1$d"}}
          service:
            extensions: [health_check]
            pipelines: {traces: {receivers: [otlp], exporters: [otlp_http]}}
          """
              .formatted(taken.getLocalPort(), backend.port());
      Path to = Files.writeString(folder.resolve("to.yaml"), yaml);
      assertEquals(0, run("journal", "replay", journals.toString(), "--to=" + to), this::output);
      assertEquals(2, backend.names().size());
      assertTrue(output().contains("2 delivered"), this::output);
      files.spans("three");
      assertTrue(loaded().contains(ROOM), "the list of classes has those of the room");
    }
  }

  @Test
  void otherCommandsLoadNothingOfTheRoom() throws Exception {
    assertEquals(0, run("validate"), this::output);
    assertTrue(loaded().contains("dev.sluice.Main "), "the list of classes is there");
    assertFalse(loaded().contains(ROOM));
    assertFalse(loaded().contains("dev.sluice.DiskCommand"));
  }

  private int run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-Xlog:class+load:file=" + folder.resolve("classes"),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sluice.Main"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    try {
      assertTrue(process.waitFor(120, TimeUnit.SECONDS), this::output);
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private String output() {
    return read("output");
  }

  private String loaded() {
    return read("classes");
  }

  private String read(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
