package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.meters.Meters;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.QueueSettings.Sizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline with real threads and a real folder. */
@Timeout(60)
class PipelineTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final ManualClock clock = new ManualClock();
  private final Meters meters = new Meters();
  private final MemoryBudget memory = new MemoryBudget(64 << 20);
  private final ScriptedExporter backend = new ScriptedExporter();

  @Test
  void deliversEachItemOnceToEachExporterUnderConcurrentLoad() throws Exception {
    ScriptedExporter ordered = new ScriptedExporter();
    try (NamedThreads threads = new NamedThreads()) {
      Pipeline pipeline =
          pipeline(
              threads,
              DeadLetters.NONE,
              exit("parallel", backend, 4, false),
              exit("ordered", ordered, 4, true));
      pipeline.start();
      Intake intake = Pipeline.intake("otlp", List.of(pipeline), memory);
      AtomicLong accepted = new AtomicLong();
      try (NamedThreads producers = new NamedThreads()) {
        for (int producer = 0; producer < 4; producer++) {
          String name = "p" + producer + "-";
          producers.start(name, () -> produce(intake, name, accepted));
        }
      }
      pipeline.drain(MINUTE);
      assertEquals(accepted.get(), backend.delivered.size());
      assertEquals(accepted.get(), new HashSet<>(backend.delivered).size());
      assertEquals(accepted.get(), ordered.delivered.size());
      assertInOrderOfEachProducer(ordered.delivered);
      assertEquals(0, memory.heldBytes());
      assertTrue(backend.closed && ordered.closed);
      for (PipelineStatus.Exporter exporter : pipeline.status().exporters()) {
        assertEquals(0, exporter.unaccounted());
        assertEquals(0, exporter.held());
      }
    }
  }

  private static void produce(Intake intake, String name, AtomicLong accepted) {
    for (int i = 0; i < 500; i++) {
      String[] bodies = new String[20];
      for (int k = 0; k < bodies.length; k++) {
        bodies[k] = name + (i * bodies.length + k);
      }
      intake.accept(
          Samples.logs(bodies),
          admission -> {
            assertInstanceOf(Admission.Accepted.class, admission);
            accepted.addAndGet(bodies.length);
          });
    }
  }

  private static void assertInOrderOfEachProducer(List<String> bodies) {
    int[] last = {-1, -1, -1, -1};
    for (String body : bodies) {
      int producer = body.charAt(1) - '0';
      int number = Integer.parseInt(body.substring(3));
      assertEquals(last[producer] + 1, number, body);
      last[producer] = number;
    }
  }

  /** A waking call must not end at a sender that waits for its next attempt. */
  @Test
  void oneBatchThatIsHeldDelaysNoOther() throws Exception {
    backend.answer =
        bodies ->
            bodies.contains("bad0") ? new ExportResult.Hold("mend it") : ExportResult.DELIVERED;
    try (NamedThreads threads = new NamedThreads()) {
      Pipeline pipeline = pipeline(threads, DeadLetters.NONE, exit("held", backend, 2, false));
      pipeline.start();
      Intake intake = Pipeline.intake("otlp", List.of(pipeline), memory);
      intake.accept(Samples.logs("bad", 1), admission -> {});
      await(() -> backend.attempts == 1);
      for (int i = 0; i < 20; i++) {
        String body = "good" + i;
        intake.accept(Samples.logs(body), admission -> {});
        await(() -> backend.delivered.contains(body));
      }
      pipeline.drain(1);
      assertEquals(20, pipeline.status().exporters().getFirst().delivered());
    }
  }

  /** Until the condition holds; the class's timeout ends it by an interrupt. */
  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("it never came");
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void buriesWhatCannotBeDeliveredBeforeTheDeadline(@TempDir Path folder) throws Exception {
    backend.answer = bodies -> new ExportResult.Retry("down", -1);
    try (NamedThreads threads = new NamedThreads()) {
      Pipeline pipeline;
      try (DeadLetterFolder letters = DeadLetterFolder.open(folder, 1 << 20, clock, threads)) {
        pipeline = pipeline(threads, letters, exit("down", backend, 2, false));
        pipeline.start();
        Pipeline.intake("otlp", List.of(pipeline), memory)
            .accept(Samples.logs("a", 5), admission -> {});
        pipeline.drain(1);
      }
      PipelineStatus.Exporter status = pipeline.status().exporters().getFirst();
      assertEquals(5, status.deadLettered());
      assertEquals(0, status.unaccounted());
      assertEquals(List.of("a0", "a1", "a2", "a3", "a4"), lettersIn(folder));
    }
  }

  @Test
  void writesTheReasonBesideTheTelemetry(@TempDir Path folder) throws Exception {
    try (NamedThreads threads = new NamedThreads();
        DeadLetterFolder letters = DeadLetterFolder.open(folder, 1 << 20, clock, threads)) {
      CountDownLatch written = new CountDownLatch(1);
      DeadLetters.Letter letter =
          new DeadLetters.Letter("logs", "loki/a", "rule", "too old", Samples.logs("x", 1));
      assertTrue(letters.offer(letter, kept -> written.countDown()));
      written.await();
      try (Stream<Path> files = Files.list(folder)) {
        Path note = files.filter(f -> f.toString().endsWith(".txt")).findFirst().orElseThrow();
        assertTrue(note.getFileName().toString().endsWith("loki-a.logs.txt"), note.toString());
        assertTrue(Files.readString(note).contains("reason: too old"));
      }
    }
  }

  @Test
  void boundsTheDeadLettersAndKeepsTheOldest(@TempDir Path folder) throws Exception {
    Telemetry request = Samples.logs("x", 100);
    int kept = 0;
    try (NamedThreads threads = new NamedThreads()) {
      for (int run = 0; run < 2; run++) {
        // The second run finds the folder full: what is there counts.
        try (DeadLetterFolder letters =
            DeadLetterFolder.open(folder, 5L * request.size(), clock, threads)) {
          for (int i = 0; i < 10; i++) {
            DeadLetters.Letter letter =
                new DeadLetters.Letter("logs", "e", "rule", "reason", request);
            kept += letters.offer(letter, written -> {}) ? 1 : 0;
          }
        }
      }
    }
    assertTrue(kept >= 4 && kept <= 5, "kept " + kept);
    assertEquals(kept * 100, lettersIn(folder).size());
  }

  @Test
  void sharesTheRingBetweenItsExporters() throws Exception {
    try (NamedThreads threads = new NamedThreads()) {
      Pipeline pipeline =
          pipeline(
              threads,
              DeadLetters.NONE,
              exit("a", backend, 1, false),
              exit("b", backend, 1, false));
      for (PipelineStatus.Exporter exporter : pipeline.status().exporters()) {
        assertEquals(8 << 20, exporter.capacityBytes());
      }
      pipeline.drain(1);
    }
  }

  private Pipeline pipeline(Threads threads, DeadLetters letters, Pipeline.Exit... exits) {
    Pipeline.Surroundings with =
        new Pipeline.Surroundings(memory, meters, clock, threads, () -> 1.0, letters, Ledger.NONE);
    return new Pipeline(
        new Pipeline.Plan(
            "logs",
            Signal.LOGS,
            List.of(exits),
            BatchSettings.IMMEDIATE,
            16 << 20,
            Long.MAX_VALUE,
            null),
        with);
  }

  private static Pipeline.Exit exit(
      String id, ScriptedExporter exporter, int consumers, boolean ordered) {
    QueueSettings queue =
        new QueueSettings(
            consumers, QueueSettings.UNLIMITED, Sizer.REQUESTS, false, Retention.DEFAULTS);
    return new Pipeline.Exit(id, exporter, SenderSettings.DEFAULTS.withQueue(queue), ordered);
  }

  private static List<String> lettersIn(Path folder) throws IOException {
    List<Telemetry> letters = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".pb")).sorted().toList()) {
        letters.add(new Telemetry(Signal.LOGS, Files.readAllBytes(file), 1));
      }
    }
    return Samples.bodies(letters);
  }
}
