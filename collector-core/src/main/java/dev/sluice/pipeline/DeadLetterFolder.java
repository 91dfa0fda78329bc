package dev.sluice.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dead letters as a folder: a {@code .pb} file with the OTLP request and a {@code .txt} file
 * with the reason for each. Thread-safe; one thread of its own writes.
 *
 * <p>The folder is bounded in bytes and files, what waits to be written in bytes. When a bound is
 * reached nothing older is deleted: newer letters are not kept, and their loss counts as dropped.
 */
public final class DeadLetterFolder implements DeadLetters, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterFolder.class);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final int FILES_MAX = 20_000;
  private static final long WAITING_BYTES_MAX = 16L << 20;

  private final Path folder;
  private final long bytesMax;
  private final Clock clock;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Thread writer;
  private long waitingBytes;
  private long usedBytes;
  private int files;
  private long count;
  private boolean closed;
  private boolean failing;

  private record Waiting(Letter letter, Consumer<String> kept) {}

  private DeadLetterFolder(Path folder, long bytesMax, Clock clock, Threads threads)
      throws IOException {
    this.folder = folder;
    this.bytesMax = bytesMax;
    this.clock = clock;
    measure();
    writer = threads.start("dead-letters", this::write);
  }

  /**
   * Opens the folder, making it when it is not there.
   *
   * @param bytesMax of all files in it
   * @throws IOException when it cannot be made or written, with its path
   */
  public static DeadLetterFolder open(Path folder, long bytesMax, Clock clock, Threads threads)
      throws IOException {
    Files.createDirectories(folder);
    if (!Files.isWritable(folder)) {
      throw new IOException(folder + " is not writable");
    }
    return new DeadLetterFolder(folder, bytesMax, clock, threads);
  }

  private void measure() throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        usedBytes += Files.size(entry);
        files++;
      }
    }
  }

  @Override
  public synchronized boolean offer(Letter letter, Consumer<String> kept) {
    long bytes = letter.telemetry().size();
    boolean full =
        usedBytes + waitingBytes + bytes > bytesMax || files + 2 * waiting.size() >= FILES_MAX;
    if (closed || full || waitingBytes + bytes > WAITING_BYTES_MAX) {
      return false;
    }
    waiting.add(new Waiting(letter, kept));
    waitingBytes += bytes;
    notifyAll();
    return true;
  }

  private void write() {
    for (Waiting next = next(); next != null; next = next()) {
      next.kept.accept(tryWrite(next.letter));
    }
  }

  /** The next letter; waits for it, and is null when all are written and the folder is closed. */
  private synchronized @Nullable Waiting next() {
    try {
      while (waiting.isEmpty() && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
    Waiting next = waiting.poll();
    if (next != null) {
      waitingBytes -= next.letter.telemetry().size();
      usedBytes += next.letter.telemetry().size();
    }
    return next;
  }

  private String tryWrite(Letter letter) {
    try {
      String name = name(letter);
      byte[] note = DeadLetterNote.of(letter).text().getBytes(StandardCharsets.UTF_8);
      put(name + ".txt", note);
      put(name + ".pb", letter.telemetry().bytes());
      wrote(note.length);
      return name + ".pb";
    } catch (IOException e) {
      failed(letter, e);
      return NOT_KEPT;
    }
  }

  private String name(Letter letter) {
    String time = TIME.format(Instant.ofEpochSecond(0, clock.epochNanos()));
    String exporter = letter.exporter().replaceAll("[^A-Za-z0-9_.-]", "-");
    return time + "-" + ++count + "-" + exporter + "." + letter.telemetry().signal().label();
  }

  private void put(String name, byte[] bytes) throws IOException {
    Path temporary = folder.resolve(name + ".tmp");
    Files.write(temporary, bytes);
    Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private synchronized void wrote(int noteBytes) {
    usedBytes += noteBytes;
    files += 2;
    failing = false;
  }

  private synchronized void failed(Letter letter, IOException e) {
    usedBytes -= letter.telemetry().size();
    if (!failing) {
      LOG.error("dead letters cannot be written to {}: what is lost is only counted", folder, e);
    }
    failing = true;
  }

  /** Writes what waits, then stops; blocks until then. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
