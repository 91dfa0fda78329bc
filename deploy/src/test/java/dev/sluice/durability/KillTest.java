package dev.sluice.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.FreePorts;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reliability test 1: kill -9 under load, again and again, and every span that was acknowledged
 * reaches the backend. {@code -Dsluice.it.rounds=100} for the long form.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class KillTest {
  private static final int ROUNDS = Integer.getInteger("sluice.it.rounds", 2);
  private static final int CONNECTIONS = 4;
  private static final int REQUESTS_MAX = 1000;

  @TempDir private Path folder;

  private final BitSet acknowledged = new BitSet();
  private long bytes;
  private long loadNanos;
  private long slowestStartNanos;

  @ParameterizedTest
  @ValueSource(strings = {"fsync: false", "fsync: true"})
  void losesNothingThatWasAcknowledged(String storage) throws Exception {
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> ports = FreePorts.find(2);
    try (SpanSink sink = new SpanSink()) {
      long next = 0;
      for (int round = 0; round < ROUNDS; round++) {
        sink.down(random.nextInt(3) == 0);
        DurableSluice sluice = start(ports, sink, storage);
        next = loadUntilKilled(sluice, next, 20 + random.nextInt(REQUESTS_MAX));
      }
      sink.down(false);
      try (DurableSluice sluice = start(ports, sink, storage)) {
        awaitDelivered(sluice, sink);
        sluice.terminate();
      }
      System.out.printf(
          "kill -9, %s, seed %d: %d rounds, %d spans acknowledged (%.0f MB/s), missing %d,"
              + " more than once %d, slowest start %.1f s%n",
          storage,
          seed,
          ROUNDS,
          acknowledged.cardinality(),
          bytes / 1e6 / (loadNanos / 1e9),
          sink.missing(acknowledged),
          sink.duplicates(),
          slowestStartNanos / 1e9);
      assertEquals(0, sink.missing(acknowledged), "seed " + seed);
    }
  }

  private DurableSluice start(List<Integer> ports, SpanSink sink, String storage) throws Exception {
    long began = System.nanoTime();
    DurableSluice sluice =
        DurableSluice.launch(folder, folder.resolve("journal"), ports, sink.port(), storage)
            .awaitReady();
    slowestStartNanos = Math.max(slowestStartNanos, System.nanoTime() - began);
    return sluice;
  }

  /** Kills it when so many requests are acknowledged and more are under way. */
  private long loadUntilKilled(DurableSluice sluice, long first, int requests) throws Exception {
    long began = System.nanoTime();
    SpanLoad load = new SpanLoad(sluice.http(), first).start(CONNECTIONS);
    load.awaitAcknowledged(requests);
    sluice.kill();
    load.stop();
    loadNanos += System.nanoTime() - began;
    acknowledged.or(load.acknowledged());
    bytes += load.bytes();
    return load.next();
  }

  private void awaitDelivered(DurableSluice sluice, SpanSink sink) throws Exception {
    while (sink.missing(acknowledged) > 0 && !sluice.status().contains("\"held\":0,")) {
      Thread.onSpinWait();
    }
  }
}
