package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.DeadLetterFolder;
import dev.sluice.pipeline.DeadLetters.Letter;
import dev.sluice.pipeline.NamedThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice dead-letters} on a folder that was written by {@link DeadLetterFolder}. */
class DeadLetterCommandTest {
  private static final String REASON = "400 Bad Request:\nspan \"x\" is wrong";

  @TempDir private Path data;
  private Path letters;
  private final TestHost host = new TestHost();

  @BeforeEach
  void write() throws IOException {
    letters = data.resolve("dead-letters");
    try (NamedThreads threads = new NamedThreads();
        DeadLetterFolder folder =
            DeadLetterFolder.open(
                letters, 1 << 20, new ManualClock(JournalFiles.START_EPOCH_NANOS), threads)) {
      offer(folder, "otlp_http", "rejected_by_backend", "one");
      offer(folder, "otlp_http", "rejected_by_backend", "bad");
      offer(folder, "otlp_grpc/tempo", "overflow", "three");
    }
  }

  private static void offer(DeadLetterFolder folder, String exporter, String rule, String span) {
    Telemetry telemetry = Telemetry.parse(Signal.TRACES, OtlpRequests.span(span));
    Letter letter = new Letter("traces/in", exporter, rule, REASON, telemetry);
    assertTrue(folder.offer(letter, kept -> {}));
  }

  private String config(int port) throws IOException {
    String yaml =
        """
        receivers: {otlp: {protocols: {http: {endpoint: "localhost:1"}}}}
        exporters: {otlp_http: {endpoint: "http://127.0.0.1:%d", compression: none}}
        service: {pipelines: {traces: {receivers: [otlp], exporters: [otlp_http]}}}
        """
            .formatted(port);
    return Files.writeString(data.resolve("to.yaml"), yaml).toString();
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(letters)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  @Test
  void lsCountsByExporterSignalAndRule() {
    assertEquals(0, host.run("dead-letters", "ls", "--data-dir", data.toString()), host::err);
    for (String line :
        List.of(
            "otlp_http, traces, rejected_by_backend\n  2 letters, 2 items, ",
            "otlp_grpc/tempo, traces, overflow\n  1 letter, 1 item, ",
            "oldest 2026-01-01T00:00:00.000Z",
            "last reason: 400 Bad Request: span \"x\" is wrong")) {
      assertTrue(host.out().contains(line), () -> line + " in " + host.out());
    }
  }

  @Test
  void inspectShowsNoteAndPayload() {
    String[] arguments = {"dead-letters", "inspect", letters.toString(), "--rule=overflow"};
    assertEquals(0, host.run(arguments), host::err);
    assertTrue(host.out().contains("exporter: otlp_grpc/tempo\nitems: 1 spans\n"), host::out);
    assertTrue(host.out().contains("\"name\":\"three\""), host::out);
    assertTrue(!host.out().contains("\"name\":\"one\""), host::out);
    TestHost json = new TestHost();
    assertEquals(0, json.run("dead-letters", "inspect", letters.toString(), "--json"));
    assertEquals(3, json.out().lines().count());
    assertTrue(json.out().contains("\"reason\":\"400 Bad Request:\\nspan \\\"x\\\" is wrong\""));
  }

  @Test
  void verifyFindsDamagedLettersAndNotes() throws IOException {
    String[] arguments = {"dead-letters", "verify", letters.toString()};
    assertEquals(0, host.run(arguments), host::out);
    assertTrue(host.out().contains("clean, 3 letters, 3 items"), host::out);
    Path payload = files(".pb").get(0);
    byte[] bytes = Files.readAllBytes(payload);
    bytes[1]++;
    Files.write(payload, bytes);
    Path note = files(".txt").get(1);
    Files.writeString(note, Files.readString(note).replace("items: 1", "items: 7"));
    Files.delete(files(".txt").get(2));
    TestHost damaged = new TestHost();
    assertEquals(1, damaged.run(arguments));
    assertTrue(damaged.out().contains("3 problems"), damaged::out);
    assertTrue(damaged.out().contains(payload.getFileName() + ": it is no OTLP request"));
    assertTrue(damaged.out().contains("it has 1 items, and should have 7"), damaged::out);
    assertTrue(damaged.out().contains("no readable note"), damaged::out);
  }

  @Test
  void replayDeletesNothingUnlessTold() throws Exception {
    try (TraceBackend backend = new TraceBackend()) {
      String[] arguments = {
        "dead-letters",
        "replay",
        letters.toString(),
        "--rule=overflow",
        "--to",
        config(backend.port())
      };
      assertEquals(0, host.run(arguments), host::err);
      assertEquals(List.of("three"), backend.names());
    }
    assertEquals(3, files(".pb").size());
    assertEquals(List.of(), host.leaked());
  }

  @Test
  void replayDeletesWhatWasDeliveredAndKeepsTheRest() throws Exception {
    try (TraceBackend backend = new TraceBackend()) {
      String to = config(backend.port());
      String[] arguments = {
        "dead-letters", "replay", "--data-dir", data.toString(), "--to", to, "--delete"
      };
      assertEquals(1, host.run(arguments), host::err);
      assertEquals(List.of("one", "three"), backend.names().stream().sorted().toList());
      assertTrue(host.out().contains("2 delivered, 1 dropped {rejected_by_backend=1}"), host::out);
      assertTrue(host.out().contains("deleted: 2 letters"), host::out);
    }
    assertEquals(1, files(".pb").size());
    assertEquals(1, files(".txt").size());
    TestHost asked = new TestHost();
    asked.run("dead-letters", "inspect", letters.toString());
    assertTrue(asked.out().contains("\"name\":\"bad\""), asked::out);
  }

  @Test
  void exportWritesJsonLines() {
    assertEquals(0, host.run("dead-letters", "export", letters.toString(), "--exporter=otlp_http"));
    assertEquals(2, host.out().lines().filter(it -> it.startsWith("{\"resourceSpans\"")).count());
  }

  @Test
  void mistakesAreTold() throws Exception {
    assertEquals(2, host.run("dead-letters", "ls", data.resolve("nowhere").toString()));
    assertTrue(host.err().contains("cannot be read"), host::err);
    assertEquals(2, host.run("dead-letters", "ls", letters.toString(), "--signal=spans"));
    String to = config(1);
    assertEquals(
        2, host.run("dead-letters", "replay", letters.toString(), "--to", to, "--only=loki"));
    assertTrue(host.err().contains("has no exporter loki; it has: otlp_http"), host::err);
    String[] own = {
      "dead-letters", "replay", letters.toString(), "--to", to, "--dead-letters=" + letters
    };
    assertEquals(2, host.run(own));
    assertTrue(host.err().contains("name another folder"), host::err);
  }
}
