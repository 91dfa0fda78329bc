package dev.sluice.benchmarks;

import dev.sluice.journal.JournalSettings;
import dev.sluice.journal.RealDisk;
import dev.sluice.journal.SegmentedJournal;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Journal;
import dev.sluice.pipeline.Journal.Pending;
import dev.sluice.pipeline.Journal.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one request costs until it is acknowledged by the journal, of 64 that come at once; against
 * writing, and forcing, each by itself. On the file system of the working directory.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class JournalBenchmark {
  private static final int REQUESTS = 64;
  private static final long REWIND_BYTES = 64L << 20;

  /** Whether a request is answered when the medium has it, or when the kernel has it. */
  @Param({"false", "true"})
  public boolean fsync = true;

  @Param({"1000", "50000"})
  public int bytes = 1000;

  private final Clock clock = new NanoClock();
  private Path folder = Path.of("");
  private Telemetry request = new Telemetry(Signal.TRACES, new byte[0], 1);
  private SegmentedJournal journal = open();
  private FileChannel channel = channel();
  private long position;

  private record NanoClock() implements Clock {
    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public long epochNanos() {
      return System.currentTimeMillis() * 1_000_000;
    }
  }

  /** An exporter that has always delivered everything. */
  private record Prompt(Journal journal) implements Journal.Follower {
    @Override
    public Pending pending() {
      return new Pending(List.of(), journal.head());
    }

    @Override
    public boolean tryGiveUp(Place before, String rule, String reason) {
      return true;
    }
  }

  private record Counted(CountDownLatch committed) implements Journal.Completion {
    @Override
    public void committed(Place place) {
      committed.countDown();
    }

    @Override
    public void failed(String reason) {
      throw new IllegalStateException(reason);
    }
  }

  @Setup
  public void start() {
    journal.close();
    request = new Telemetry(Signal.TRACES, new byte[bytes], 100);
    journal = open();
    journal.follow("otlp", new Prompt(journal));
    journal.start();
  }

  private SegmentedJournal open() {
    try {
      folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "journal-benchmark");
      return SegmentedJournal.open(
          JournalSettings.of(folder, fsync),
          "traces",
          new RealDisk(),
          clock,
          (role, body) -> Thread.ofPlatform().name(role).start(body));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FileChannel channel() {
    try {
      Path file = Files.createTempFile(Path.of("").toAbsolutePath(), "journal-benchmark", "");
      return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public Place journal() throws InterruptedException {
    Counted counted = new Counted(new CountDownLatch(REQUESTS));
    for (int i = 0; i < REQUESTS; i++) {
      journal.append(request, counted);
    }
    counted.committed.await();
    return journal.head();
  }

  /** Without group commit, checksums and numbers: what a loop would do. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public long eachByItself() throws IOException {
    for (int i = 0; i < REQUESTS; i++) {
      position += channel.write(ByteBuffer.wrap(request.bytes()), position);
      if (fsync) {
        channel.force(false);
      }
    }
    position = position > REWIND_BYTES ? 0 : position;
    return position;
  }

  @TearDown
  public void stop() throws IOException {
    journal.close();
    channel.close();
    try (Stream<Path> folders = Files.list(Path.of("").toAbsolutePath())) {
      for (Path each : folders.filter(JournalBenchmark::isOurs).toList()) {
        delete(each);
      }
    }
  }

  private static boolean isOurs(Path path) {
    return String.valueOf(path.getFileName()).startsWith("journal-benchmark");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
