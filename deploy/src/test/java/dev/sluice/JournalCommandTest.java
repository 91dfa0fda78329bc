package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.otlp.JsonToProto;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice journal} on real folders, one of them in use. */
class JournalCommandTest {
  private static final String PIPELINE = "traces/in";

  @TempDir private Path folder;
  private Path journals;
  private final TestHost host = new TestHost();

  @BeforeEach
  void folders() {
    journals = folder.resolve("journal");
  }

  /** Five spans, of which a has delivered two and b none. */
  private JournalFiles five() throws IOException {
    return new JournalFiles(journals, PIPELINE, "a", "b")
        .spans("one", "two", "three", "four", "five")
        .delivered("a", 2);
  }

  private int run(String... arguments) {
    return host.run(arguments);
  }

  private String config(int port, String more) throws IOException {
    String yaml =
        """
        receivers: {otlp: {protocols: {http: {endpoint: "localhost:1"}}}}
        exporters:
          otlp_http: {endpoint: "http://127.0.0.1:%d", compression: none,
            retry_on_failure: {initial_interval: 1ms, max_interval: 5ms},
            sending_queue: {storage: file_storage%s}}
        extensions: {file_storage: {directory: "%s"}, health_check: {endpoint: "localhost:1"}}
        service:
          extensions: [file_storage, health_check]
          pipelines: {traces/in: {receivers: [otlp], exporters: [otlp_http]}}
        """
            .formatted(port, more, journals);
    Path file = folder.resolve("to.yaml");
    return Files.writeString(file, yaml).toString();
  }

  @Test
  void lsTellsWhatIsThereAndWhatEachExporterHasPending() throws IOException {
    five().close();
    assertEquals(0, run("journal", "ls", journals.toString()), host::err);
    for (String line :
        List.of(
            "traces/in\n",
            "records    5, 5 items",
            "sequences  0 to 4",
            "pending    a: 3 items, the oldest since 2026-",
            "pending    b: 5 items")) {
      assertTrue(host.out().contains(line), () -> line + " in " + host.out());
    }
  }

  @Test
  void theFolderIsFoundByTheConfigurationWhichTellsTheMode() throws IOException {
    five().close();
    assertEquals(0, run("journal", "ls", "--config", config(1, "")), host::err);
    assertTrue(host.out().contains("mode       wal"), host::out);
  }

  @Test
  void readsBesideAWriterAndChangesNothing() throws IOException {
    try (JournalFiles files = five()) {
      String before = files.contents();
      assertEquals(0, run("journal", "verify", journals.toString()), host::out);
      assertEquals(0, run("journal", "inspect", files.folder().toString()), host::err);
      assertTrue(host.out().contains("clean") && host.out().contains("5 records"), host::out);
      assertTrue(files.contents().lines().toList().containsAll(segmentsOf(before)));
      files.spans("six");
      assertEquals(0, new TestHost().run("journal", "verify", journals.toString()));
    }
  }

  private static List<String> segmentsOf(String contents) {
    return contents.lines().filter(line -> line.contains(".seg")).toList();
  }

  @Test
  void inspectShowsOneRequestALineFromASequenceOn() throws IOException {
    five().close();
    String[] arguments = {"journal", "inspect", "--from", "1", "--limit=2", journals.toString()};
    assertEquals(0, run(arguments), host::err);
    List<String> rows = host.out().lines().skip(2).toList();
    assertEquals(2, rows.size(), host::out);
    assertTrue(
        rows.get(0).matches("1 +2026-\\S+Z +traces +1 +\\d+ +\\d{20}\\.seg +\\d+"), rows.get(0));
    assertTrue(rows.get(1).startsWith("2 "), rows.get(1));
  }

  @Test
  void inspectPrintsRequestsAsJsonLines() throws IOException {
    five().close();
    assertEquals(0, run("journal", "inspect", journals.toString(), "--json", "--pending=a"));
    List<String> lines = host.out().lines().toList();
    assertEquals(3, lines.size());
    assertTrue(lines.getFirst().startsWith("{\"pipeline\":\"traces/in\",\"sequence\":2,"));
    assertTrue(lines.getFirst().contains("\"request\":{\"resourceSpans\":["), lines.getFirst());
    assertTrue(lines.getFirst().contains("\"name\":\"three\""), lines.getFirst());
  }

  @Test
  void verifyNamesTheFileTheBytesAndTheItemsOfWhatIsDamaged() throws IOException {
    JournalFiles files = five();
    files.close();
    Path segment = files.segments().getFirst();
    byte[] bytes = Files.readAllBytes(segment);
    int third = indexOf(bytes, "three");
    bytes[third]++;
    Files.write(segment, bytes);
    assertEquals(1, run("journal", "verify", journals.toString()));
    assertTrue(host.out().contains("missing: sequence 2 to 2, 1 item"), host::out);
    assertTrue(host.out().contains("damaged: " + segment.getFileName() + ", bytes "), host::out);
    assertTrue(host.out().contains("traces/in: 1 problem"), host::out);
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
  }

  @Test
  void misuseAndMissingFoldersAreToldWithWhatToDo() throws IOException {
    assertEquals(2, run("journal", "verify", folder.resolve("nowhere").toString()));
    assertTrue(host.err().contains("nowhere"), host::err);
    assertEquals(2, run("journal", "ls", folder.toString()));
    assertTrue(host.err().contains("there is no journal in"), host::err);
    assertEquals(2, run("journal", "lss"));
    assertEquals(2, run("journal"));
    five().close();
    assertEquals(2, run("journal", "ls", journals.toString(), "--limit=3"));
    assertEquals(2, run("journal", "inspect", journals.toString(), "--limit=x"));
    assertEquals(2, run("journal", "inspect", journals.toString(), "--pending=z"));
    assertTrue(host.err().contains("no exporter z has a cursor there; there are: a, b"), host::err);
    assertEquals(2, run("journal", "inspect", journals.toString(), "--pipeline=logs"));
    assertTrue(host.err().contains("there are: traces/in"), host::err);
    assertEquals(2, run("journal", "replay", journals.toString()));
    assertTrue(host.err().contains("--to is missing"), host::err);
  }

  @Test
  void helpTellsTheCommandsAndExamples() {
    assertEquals(0, run("journal", "--help"));
    assertEquals(0, run("--help"));
    assertEquals(0, run("journal", "replay", "--help"));
    for (String word : List.of("inspect", "sluice journal replay [OPTIONS] [DIR]", "--pending")) {
      assertTrue(host.out().contains(word), word);
    }
  }

  @Test
  void replaySendsEverythingInOrderAndLeavesItThere() throws Exception {
    JournalFiles files = five();
    files.close();
    String before = files.contents();
    try (TraceBackend backend = new TraceBackend()) {
      backend.unavailable(2);
      String to = config(backend.port(), "");
      assertEquals(0, run("journal", "replay", journals.toString(), "--to", to), host::err);
      assertEquals(
          List.of("five", "four", "one", "three", "two"),
          backend.names().stream().sorted().toList());
      assertTrue(host.out().contains("otlp_http: 5 delivered, 0 dropped"), host::out);
    }
    assertEquals(before, files.contents());
    assertEquals(List.of(), host.leaked());
  }

  @Test
  void replaySendsOnlyWhatAnExporterHasPending() throws Exception {
    try (JournalFiles files = five();
        TraceBackend backend = new TraceBackend()) {
      files.spans("six");
      awaitCursor();
      String to = config(backend.port(), "");
      assertEquals(0, run("journal", "replay", journals.toString(), "--pending=a", "--to", to));
      assertEquals(
          List.of("five", "four", "six", "three"), backend.names().stream().sorted().toList());
    }
  }

  private void awaitCursor() {
    TestHost asked = new TestHost();
    while (!asked.out().contains("a: 4 items")) {
      asked = new TestHost();
      asked.run("journal", "ls", journals.toString());
    }
  }

  @Test
  void replayWaitsForRoomInsteadOfLosing() throws Exception {
    try (JournalFiles files = new JournalFiles(journals, PIPELINE, "a")) {
      for (int i = 0; i < 50; i++) {
        files.spans("span " + i);
      }
    }
    try (TraceBackend backend = new TraceBackend()) {
      backend.unavailable(3);
      String to = config(backend.port(), ", queue_size: 1, num_consumers: 1");
      assertEquals(0, run("journal", "replay", journals.toString(), "--to", to), host::err);
      assertEquals(50, backend.names().size());
      assertEquals(50, backend.names().stream().distinct().count());
    }
  }

  @Test
  void replayFailsWhenNotAllWasDelivered() throws Exception {
    new JournalFiles(journals, PIPELINE, "a").spans("one", "bad", "three").close();
    Path letters = folder.resolve("letters");
    try (TraceBackend backend = new TraceBackend()) {
      String to = config(backend.port(), "");
      String kept = "--dead-letters=" + letters;
      assertEquals(1, run("journal", "replay", journals.toString(), "--to", to, kept));
      assertEquals(List.of("one", "three"), backend.names().stream().sorted().toList());
      assertTrue(host.out().contains("2 delivered, 0 dropped, 1 dead-lettered"), host::out);
    }
    TestHost asked = new TestHost();
    assertEquals(0, asked.run("dead-letters", "inspect", letters.toString(), "--json"));
    assertTrue(asked.out().contains("\"name\":\"bad\""), asked::out);
  }

  @Test
  void replayFailsWhenNoPipelineTakesTheSignalOrSomethingIsDamaged() throws Exception {
    JournalFiles files = five();
    files.close();
    Path segment = files.segments().getFirst();
    byte[] bytes = Files.readAllBytes(segment);
    bytes[indexOf(bytes, "three")]++;
    Files.write(segment, bytes);
    try (TraceBackend backend = new TraceBackend()) {
      String to = config(backend.port(), "");
      assertEquals(1, run("journal", "replay", journals.toString(), "--to", to));
      assertEquals(4, backend.names().size());
      assertTrue(host.err().contains("damaged, not sent: traces/in: "), host::err);
      String other = Files.readString(Path.of(to)).replace("traces/in", "logs");
      Path logs = Files.writeString(folder.resolve("logs.yaml"), other);
      assertEquals(1, run("journal", "replay", journals.toString(), "--to=" + logs));
      assertTrue(host.err().contains("no pipeline of --to takes traces"), host::err);
    }
  }

  @Test
  void exportWritesOtlpJsonLinesThatCanBeReadBack() throws IOException {
    five().close();
    Path file = folder.resolve("spans.jsonl");
    assertEquals(0, run("journal", "export", journals.toString(), "--output", file.toString()));
    List<String> lines = Files.readAllLines(file);
    assertEquals(5, lines.size());
    byte[] first = lines.getFirst().getBytes(StandardCharsets.UTF_8);
    byte[] request = JsonToProto.request(Signal.TRACES, first);
    assertEquals(1, Telemetry.parse(Signal.TRACES, request).items());
    assertEquals(2, run("journal", "export", journals.toString(), "--output", file.toString()));
    assertTrue(host.err().contains("is there already"), host::err);
    TestHost other = new TestHost();
    assertEquals(0, other.run("journal", "export", journals.toString()));
    assertEquals(Files.readString(file), other.out());
  }

  @Test
  void exportWritesProtobufWithLengths() throws IOException {
    five().close();
    Path file = folder.resolve("spans.pb");
    String output = "--output=" + file;
    assertEquals(0, run("journal", "export", journals.toString(), "--format=proto", output));
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      for (String name : List.of("one", "two", "three", "four", "five")) {
        byte[] request = in.readNBytes(in.readInt());
        assertTrue(Arrays.equals(OtlpRequests.span(name), request), name);
      }
      assertEquals(-1, in.read());
    }
    assertFalse(host.err().contains("damaged"));
  }
}
