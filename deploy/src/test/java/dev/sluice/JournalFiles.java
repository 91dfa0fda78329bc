package dev.sluice;

import dev.sluice.journal.JournalFolder;
import dev.sluice.journal.JournalSettings;
import dev.sluice.journal.RealDisk;
import dev.sluice.journal.SegmentedJournal;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Journal;
import dev.sluice.pipeline.Journal.Pending;
import dev.sluice.pipeline.Journal.Place;
import dev.sluice.pipeline.NamedThreads;
import dev.sluice.pipeline.Retention.Overflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Writes the journal of one pipeline for real, with exporters that have come as far as told. */
final class JournalFiles implements AutoCloseable {
  /** 2026-01-01T00:00:00Z. */
  static final long START_EPOCH_NANOS = 1_767_225_600_000_000_000L;

  private final Path folder;
  private final NamedThreads threads = new NamedThreads();
  private final ManualClock clock = new ManualClock(START_EPOCH_NANOS);
  private final SegmentedJournal journal;
  private final Map<String, Place> delivered = new TreeMap<>();

  JournalFiles(Path directory, String pipeline, String... exporters) throws IOException {
    folder = directory.resolve(JournalFolder.encode(pipeline));
    journal =
        SegmentedJournal.open(
            new JournalSettings(
                folder, false, 0, 1 << 20, Duration.ZERO, Overflow.REFUSE, 4096, 1 << 20),
            pipeline,
            new RealDisk(),
            clock,
            threads);
    for (String exporter : exporters) {
      delivered.put(exporter, journal.head());
      var _ = journal.follow(exporter, new Following(exporter));
    }
    journal.start();
  }

  private final class Following implements Journal.Follower {
    private final String exporter;

    Following(String exporter) {
      this.exporter = exporter;
    }

    @Override
    public Pending pending() {
      synchronized (delivered) {
        return new Pending(List.of(), delivered.getOrDefault(exporter, new Place(0, 0)));
      }
    }

    @Override
    public boolean tryGiveUp(Place before, String rule, String reason) {
      return false;
    }
  }

  /** Writes a request and waits until it is committed. */
  JournalFiles write(Signal signal, byte[] request) {
    CompletableFuture<Place> committed = new CompletableFuture<>();
    journal.append(
        Telemetry.parse(signal, request),
        new Journal.Completion() {
          @Override
          public void committed(Place place) {
            committed.complete(place);
          }

          @Override
          public void failed(String reason) {
            committed.completeExceptionally(new IOException(reason));
          }
        });
    committed.join();
    clock.advance(1_000_000_000L); // so that cursors are saved
    return this;
  }

  /** Writes requests of one span each. */
  JournalFiles spans(String... names) {
    for (String name : names) {
      write(Signal.TRACES, OtlpRequests.span(name));
    }
    return this;
  }

  /** An exporter has delivered so many requests of one item each. */
  JournalFiles delivered(String exporter, long requests) {
    synchronized (delivered) {
      delivered.put(exporter, new Place(requests, requests));
    }
    return this;
  }

  Path folder() {
    return folder;
  }

  /** The segments in their order. */
  List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".seg")).sorted().toList();
    }
  }

  /** Names and sizes of all files: what a reader must leave as it is. */
  String contents() throws IOException {
    StringBuilder contents = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        contents.append(file.getFileName()).append(' ').append(Files.size(file));
        contents.append(' ').append(Files.getLastModifiedTime(file)).append('\n');
      }
    }
    return contents.toString();
  }

  @Override
  public void close() {
    journal.close();
    threads.close();
  }
}
